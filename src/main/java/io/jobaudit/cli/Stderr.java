package io.jobaudit.cli;

import java.time.Clock;
import java.time.Instant;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a command says on standard error beside the log, in the form of the log. */
final class Stderr {

	private static volatile boolean json;

	private Stderr() {
	}

	/** From now on one object a line. */
	static void useJson() {
		json = true;
	}

	/** Says that the command failed. */
	static void error(String message) {
		System.err.println(json ? ecs(message) : "job-audit: " + message);
	}

	private static String ecs(String message) {
		ObjectNode line = JsonMapper.shared().createObjectNode();
		line.put("@timestamp", Instant.now(Clock.systemUTC()).toString());
		line.putObject("log").put("level", "ERROR").put("logger", "job-audit");
		line.putObject("service").put("name", "job-audit");
		line.put("message", message).putObject("ecs").put("version", "8.11");
		return line.toString();
	}

}
