package io.jobaudit.ids;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires queries for ids. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdsProperties.class)
class IdsConfiguration {

	@Bean
	IdQuery idQuery(IdsProperties properties, ObjectProvider<DataSource> ours) {
		return new IdQuery(properties.datasource(), new IdsDatabase(properties.datasource(), ours::getObject));
	}

}
