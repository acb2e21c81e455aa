package io.jobaudit.metrics;

import java.util.stream.Stream;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether metrics have a destination. Without one, none of their classes is loaded. */
final class OnMetricsExport implements Condition {

	static final String OTLP_URL = "management.otlp.metrics.export.url";

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return isAnySet(context.getEnvironment());
	}

	static boolean isAnySet(Environment environment) {
		return Stream.of("audit.metrics.textfile", "audit.metrics.pushgateway.url", OTLP_URL)
			.anyMatch((name) -> isSet(environment, name));
	}

	static boolean isSet(Environment environment, String name) {
		return StringUtils.hasText(environment.getProperty(name));
	}

}
