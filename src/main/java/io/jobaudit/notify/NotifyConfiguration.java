package io.jobaudit.notify;

import javax.sql.DataSource;

import io.jobaudit.Account;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.mail.javamail.JavaMailSender;

/** Notifications of runs, sent by the last observer. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotifyProperties.class)
class NotifyConfiguration {

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	RunNotifier runNotifier(NotifyProperties properties, ObjectProvider<JavaMailSender> mailSender,
			DataSource dataSource, @Value("${audit.account:default}") Account account,
			@Value("${audit.api.proxy:}") String proxy) {
		return new RunNotifier(new Notifier(properties, proxy, mailSender::getObject), new NewFailures(dataSource),
				account);
	}

}
