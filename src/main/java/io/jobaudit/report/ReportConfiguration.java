package io.jobaudit.report;

import javax.sql.DataSource;

import io.jobaudit.report.subject.ReportProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the reports of a run. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReportProperties.class)
class ReportConfiguration {

	@Bean
	@DependsOnDatabaseInitialization
	ReportWriter reportWriter(DataSource dataSource, ReportProperties properties) {
		return new ReportWriter(dataSource, properties);
	}

}
