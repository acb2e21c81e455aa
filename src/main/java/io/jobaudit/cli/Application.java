package io.jobaudit.cli;

import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts Spring: every room brings its own configuration. */
@SpringBootApplication(scanBasePackages = "io.jobaudit", proxyBeanMethods = false)
class Application {

	/**
	 * Starts the application; whoever starts it closes it.
	 * @param settings {@code --name=value}, each overrides files and environment
	 * @param listeners told of the start, of one that fails too
	 */
	static ConfigurableApplicationContext start(List<String> settings, ApplicationListener<?>... listeners) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(Application::checkSettings, Application::addScreen)
			.listeners(listeners)
			.run(settings.toArray(String[]::new));
	}

	private static void checkSettings(ConfigurableApplicationContext context) {
		new SettingsCheck().check(context.getEnvironment());
	}

	/** Where progress is shown: unless the log is JSON or there is no terminal. */
	private static void addScreen(ConfigurableApplicationContext context) {
		boolean text = "classpath:log-text.xml".equals(context.getEnvironment().getProperty("logging.config"));
		if (text && Terminal.isTerminal(2)) {
			context.getBeanFactory().registerSingleton("screen", Terminal.takeOver());
		}
	}

	/**
	 * Starts it with nothing that is not asked for: no API, no job.
	 */
	static ConfigurableApplicationContext startLazily(List<String> settings) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(Application::checkSettings)
			.lazyInitialization(true)
			.run(settings.toArray(String[]::new));
	}

}
