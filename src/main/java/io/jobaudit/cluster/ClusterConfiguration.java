package io.jobaudit.cluster;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Provides workers to the commands that need them. A run of one process creates none of
 * these beans.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScaleProperties.class)
@Import({ Nights.class, NightSummaries.class, Cluster.class })
class ClusterConfiguration {

}
