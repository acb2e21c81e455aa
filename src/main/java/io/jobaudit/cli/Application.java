package io.jobaudit.cli;

import java.time.Clock;
import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

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
	 */
	static ConfigurableApplicationContext start(List<String> settings) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(Application::checkSettings)
			.run(settings.toArray(String[]::new));
	}

	private static void checkSettings(ConfigurableApplicationContext context) {
		new SettingsCheck().check(context.getEnvironment());
	}

	/** Starts it lazily: only the beans that a command asks for. */
	static ConfigurableApplicationContext startLazily(List<String> settings) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(Application::checkSettings)
			.lazyInitialization(true)
			.run(settings.toArray(String[]::new));
	}

}
