package io.jobaudit.cli.terminal;

import java.util.List;
import java.util.Map;

import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Format of standard error, the same for the whole process. */
public enum LogFormat {

	TEXT,

	/** One JSON object a line in the Elastic Common Schema. */
	JSON;

	private static final String ECS = "classpath:logback-ecs.xml";

	private static volatile LogFormat inUse = TEXT;

	public static LogFormat inUse() {
		return inUse;
	}

	/** Whether a command line asks for JSON; for one that cannot be parsed. */
	public static boolean isJson(List<String> command) {
		int name = command.lastIndexOf("--log-format");
		String value = (name >= 0 && name + 1 < command.size()) ? command.get(name + 1) : "";
		return value.equalsIgnoreCase("json") || command.stream().anyMatch("--log-format=json"::equalsIgnoreCase);
	}

	/** Uses it from now on, before Spring starts and after. */
	public void use() {
		if (this == JSON && inUse != JSON) {
			inUse = JSON;
			System.setProperty("logging.config", ECS);
			initialize();
		}
	}

	/** Undone in the logging system's records: Spring initializes logging again. */
	private static void initialize() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addLast(new MapPropertySource("job-audit",
					Map.of("spring.application.name", "job-audit", "spring.application.version", Version.current(),
							"spring.application.pid", ProcessHandle.current().pid())));
		LoggingSystem logging = LoggingSystem.get(LogFormat.class.getClassLoader());
		logging.beforeInitialize();
		logging.initialize(new LoggingInitializationContext(environment), ECS, null);
		logging.cleanUp();
	}

}
