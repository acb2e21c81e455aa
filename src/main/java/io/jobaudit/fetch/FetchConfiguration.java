package io.jobaudit.fetch;

import io.jobaudit.fetch.api.ApiProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the factory of clients and its settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ApiProperties.class, RetryProperties.class })
@Import(AccountClients.class)
class FetchConfiguration {

}
