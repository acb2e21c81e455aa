package io.jobaudit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/** Processor time of a server on this machine: of the postmaster and all its children. */
record ServerTime(DataSource database) {

	/** Fields 14 to 17 of a process: its own time and that of children that ended. */
	private static final int FIRST_TIME = 14;

	private static final double TICKS_PER_SECOND = 100;

	/** Since the server was started. The postmaster is the parent of each backend. */
	double seconds() throws SQLException {
		try (Connection connection = this.database.getConnection();
				Statement statement = connection.createStatement();
				ResultSet backend = statement.executeQuery("select pg_backend_pid()")) {
			backend.next();
			ProcessHandle postmaster = ProcessHandle.of(backend.getLong(1)).orElseThrow().parent().orElseThrow();
			double ticks = ticks(postmaster);
			for (ProcessHandle child : postmaster.children().toList()) {
				ticks += ticks(child);
			}
			return ticks / TICKS_PER_SECOND;
		}
	}

	/** 0 for a process that has just ended: its parent has its time. */
	private static double ticks(ProcessHandle process) {
		Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
		String[] fields;
		try {
			fields = Files.readString(stat).replaceFirst("\\(.*\\)", "x").split(" ");
		}
		catch (IOException ex) {
			return 0;
		}
		double sum = 0;
		for (int field = FIRST_TIME; field < FIRST_TIME + 4; field++) {
			sum += Double.parseDouble(fields[field - 1]);
		}
		return sum;
	}

}
