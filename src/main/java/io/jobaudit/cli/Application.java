package io.jobaudit.cli;

import java.time.Clock;
import java.util.List;

import io.jobaudit.cli.settings.SettingsCheck;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

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
			.initializers((context) -> SettingsCheck.check(context.getEnvironment()))
			.lazyInitialization(lazily)
			.run(settings.toArray(String[]::new));
	}

	/** Reads the settings as a start does, and creates no bean of ours. */
	static ConfigurableEnvironment environment(List<String> settings) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SettingsOnly.class)
			.web(WebApplicationType.NONE)
			.run(settings.toArray(String[]::new))) {
			return context.getEnvironment();
		}
	}

	/** Has no beans. */
	private static final class SettingsOnly {

	}

}
