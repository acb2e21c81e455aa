package io.jobaudit.cluster;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides workers to the commands that ask for them; a plain run makes none of it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScaleProperties.class)
@Import({ Nights.class, NightSummaries.class, Cluster.class })
class ClusterConfiguration {

}
