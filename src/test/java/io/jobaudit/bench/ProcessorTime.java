package io.jobaudit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time as the kernel counts it. */
final class ProcessorTime {

	private static final int USER = 14;

	private static final int CHILDREN_USER = 16;

	private static final double TICKS_PER_SECOND = 100;

	private ProcessorTime() {
	}

	/** Seconds of all children of this process that have ended. */
	static double ofEndedChildren() throws IOException {
		return seconds("self", CHILDREN_USER);
	}

	/** Seconds of a process that is running. */
	static double of(long pid) throws IOException {
		return seconds(Long.toString(pid), USER);
	}

	private static double seconds(String process, int field) throws IOException {
		String[] fields = Files.readString(Path.of("/proc", process, "stat")).replaceFirst("\\(.*\\)", "x").split(" ");
		return (Double.parseDouble(fields[field - 1]) + Double.parseDouble(fields[field])) / TICKS_PER_SECOND;
	}

}
