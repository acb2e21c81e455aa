package io.jobaudit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Processor time of a server on this machine: of the postmaster and all its children. */
record ServerTime(JdbcClient jdbc) {

	/** Fields 14 to 17 of a process: its own time and that of children that ended. */
	private static final int FIRST_TIME = 14;

	private static final double TICKS_PER_SECOND = 100;

	static ServerTime of(DataSource database) {
		return new ServerTime(JdbcClient.create(database));
	}

	/** Since the server was started. The postmaster is the parent of each backend. */
	double seconds() throws IOException {
		long backend = this.jdbc.sql("select pg_backend_pid()").query(Long.class).single();
		ProcessHandle postmaster = ProcessHandle.of(backend).orElseThrow().parent().orElseThrow();
		double ticks = ticks(postmaster);
		for (ProcessHandle child : postmaster.children().toList()) {
			ticks += ticks(child);
		}
		return ticks / TICKS_PER_SECOND;
	}

	/** 0 for a process that has just ended: its parent has its time. */
	private static double ticks(ProcessHandle process) throws IOException {
		Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
		String[] fields;
		try {
			fields = Files.readString(stat).replaceFirst("\\(.*\\)", "x").split(" ");
		}
		catch (NoSuchFileException ex) {
			return 0;
		}
		double sum = 0;
		for (int field = FIRST_TIME; field < FIRST_TIME + 4; field++) {
			sum += Double.parseDouble(fields[field - 1]);
		}
		return sum;
	}

}
