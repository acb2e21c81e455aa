package io.jobaudit.notify;

import io.jobaudit.Account;
import io.jobaudit.Ticker;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.mail.javamail.JavaMailSender;

/** Notifications of runs, sent by the last observer. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotifyProperties.class)
class NotifyConfiguration {

	@Bean
	Notifier notifier(NotifyProperties properties, ObjectProvider<JavaMailSender> mailSender, Environment environment,
			@Value("${audit.api.proxy:}") String proxy) {
		return new Notifier(properties, Notifier.language(Binder.get(environment)), proxy, mailSender::getObject);
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	RunNotifier runNotifier(Notifier notifier, @Value("${audit.account:default}") Account account,
			@Value("${audit.api.region:#{null}}") @Nullable String region) {
		return new RunNotifier(notifier, account, region, Ticker.SYSTEM);
	}

}
