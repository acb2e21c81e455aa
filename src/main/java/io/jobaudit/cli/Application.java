package io.jobaudit.cli;

import java.time.Clock;
import java.util.List;

import io.jobaudit.ConfigurationException;
import io.jobaudit.DidYouMean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Starts Spring; each package has its own configuration. */
@SpringBootApplication(scanBasePackages = "io.jobaudit", proxyBeanMethods = false)
class Application {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	/**
	 * Starts the application; the caller closes it.
	 * @param settings {@code --name=value}, each overrides files and environment
	 * @param lazily whether only the beans that a command asks for are made
	 */
	static ConfigurableApplicationContext start(List<String> settings, boolean lazily) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers((context) -> new SettingsCheck().check(context.getEnvironment()))
			.lazyInitialization(lazily)
			.run(settings.toArray(String[]::new));
	}

	/**
	 * Rejects unknown {@code audit.*} settings, whatever their source. In the
	 * environment, other programs may use variables with our prefix: one counts as ours
	 * only when it is similar to one of ours.
	 */
	static final class SettingsCheck {

		private static final String VARIABLE = "AUDIT_";

		private final KnownSettings known = new KnownSettings();

		/**
		 * Checks every setting.
		 * @throws ConfigurationException naming the first unknown one
		 */
		void check(ConfigurableEnvironment environment) {
			for (PropertySource<?> source : environment.getPropertySources()) {
				if (source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
					checkVariables((EnumerablePropertySource<?>) source);
				}
				else if (source instanceof EnumerablePropertySource<?> names) {
					checkNames(names);
				}
			}
		}

		private void checkNames(EnumerablePropertySource<?> source) {
			for (String name : source.getPropertyNames()) {
				if (name.startsWith(KnownSettings.PREFIX) && !this.known.has(name) && !isEmptySection(source, name)) {
					Origin origin = OriginLookup.getOrigin(source, name);
					throw unknown(name, origin, DidYouMean.of(name, this.known.names()).orElseThrow());
				}
			}
		}

		/** A section of a file whose settings are all commented out. */
		private boolean isEmptySection(EnumerablePropertySource<?> source, String name) {
			return "".equals(String.valueOf(source.getProperty(name)))
					&& this.known.names().stream().anyMatch((setting) -> setting.startsWith(name + "."));
		}

		private void checkVariables(EnumerablePropertySource<?> source) {
			List<String> variables = this.known.names()
				.stream()
				.map((name) -> KnownSettings.variable(name.replace("-", "")))
				.toList();
			for (String name : source.getPropertyNames()) {
				if (name.startsWith(VARIABLE) && !this.known.hasVariable(name)) {
					String nearest = DidYouMean.of(name, variables).orElseThrow();
					if (DidYouMean.edits(name, nearest) <= 3 || isOfASection(name, variables)) {
						throw unknown(name, "environment", nearest);
					}
				}
			}
		}

		private static ConfigurationException unknown(String name, @Nullable Object where, String nearest) {
			return new ConfigurationException("unknown setting %s%s; did you mean %s?".formatted(name,
					(where != null) ? " (" + where + ")" : "", nearest));
		}

		/** AUDIT_API_ is ours, whatever comes then. */
		private static boolean isOfASection(String name, List<String> variables) {
			int end = name.indexOf('_', VARIABLE.length());
			return end > 0
					&& variables.stream().anyMatch((variable) -> variable.startsWith(name.substring(0, end + 1)));
		}

	}

}
