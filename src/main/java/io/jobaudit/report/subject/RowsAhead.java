package io.jobaudit.report.subject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.springframework.jdbc.core.RowMapper;

/**
 * Reads the next rows of a result while those before are written. Only one thread may use
 * the connection at a time: writers do not use it, and the caller returns only after the
 * reader has ended.
 */
record RowsAhead<T>(ResultSet rows, RowMapper<T> mapper) {

	/** Rows that are read at a time. */
	static final int BATCH = 250;

	/** Passes on all rows, in the thread of the caller, and returns their number. */
	long forEach(Consumer<T> writer) throws SQLException {
		long count = 0;
		List<T> batch = next();
		ExecutorService reader = Executors.newSingleThreadExecutor((task) -> new Thread(task, "report-rows"));
		try {
			while (batch.size() == BATCH) {
				CompletableFuture<List<T>> ahead = CompletableFuture.supplyAsync(this::nextUnchecked, reader);
				try {
					batch.forEach(writer);
				}
				finally {
					ahead.exceptionally((failure) -> List.of()).join();
				}
				count += BATCH;
				batch = ahead.join();
			}
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof SQLException failure) {
				throw failure;
			}
			throw ex;
		}
		finally {
			reader.shutdown();
		}
		batch.forEach(writer);
		return count + batch.size();
	}

	private List<T> nextUnchecked() {
		try {
			return next();
		}
		catch (SQLException ex) {
			throw new CompletionException(ex);
		}
	}

	private List<T> next() throws SQLException {
		List<T> batch = new ArrayList<>();
		while (batch.size() < BATCH && this.rows.next()) {
			batch.add(this.mapper.mapRow(this.rows, batch.size()));
		}
		return batch;
	}

}
