package io.jobaudit.batch;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Assembles the job and its launchers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ListStep.CompletenessProperties.class)
@Import({ RunSteps.class, FetchStep.class, ListStep.class, AuditJob.class, RunLifecycle.class, AuditLauncher.class,
		RunAbandonment.class, PartLauncher.class })
class BatchConfiguration {

}
