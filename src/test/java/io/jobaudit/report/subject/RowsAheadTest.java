package io.jobaudit.report.subject;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.RowMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RowsAheadTest {

	private static final RowMapper<Integer> NUMBER = (row, number) -> row.getInt(1);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, RowsAhead.BATCH - 1, RowsAhead.BATCH, RowsAhead.BATCH + 1, 3 * RowsAhead.BATCH, 1234 })
	void eachRowIsPassedOnceInTheOrderOfTheResult(int rows) throws Exception {
		List<Integer> passed = new ArrayList<>();

		long count = read("select n from generate_series(1, %d) n".formatted(rows), NUMBER, passed::add);

		assertThat(count).isEqualTo(rows);
		assertThat(passed).isEqualTo(IntStream.rangeClosed(1, rows).boxed().toList());
	}

	@Test
	void aWriterThatFailsEndsWhenTheReaderNoLongerUsesTheConnection() {
		CountDownLatch failing = new CountDownLatch(1);
		AtomicInteger read = new AtomicInteger();

		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> read("select n from generate_series(1, 1000) n", (row, number) -> {
				if (read.incrementAndGet() > RowsAhead.BATCH) {
					await(failing);
				}
				return row.getInt(1);
			}, (number) -> {
				failing.countDown();
				throw new IllegalStateException("disk full");
			}))
			.withMessage("disk full");
		assertThat(read).hasValue(2 * RowsAhead.BATCH);
	}

	@Test
	void aQueryThatFailsLaterSaysWhatTheDatabaseSaid() {
		List<Integer> passed = new ArrayList<>();

		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> read("select 1 / (600 - n) from generate_series(1, 1000) n", NUMBER, passed::add))
			.withMessageContaining("division by zero");
		assertThat(passed).hasSize(2 * RowsAhead.BATCH);
	}

	private static <T> long read(String sql, RowMapper<T> mapper, Consumer<T> writer) throws SQLException {
		try (Connection connection = TestPostgres.emptyDatabase().getConnection()) {
			connection.setAutoCommit(false);
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setFetchSize(RowsAhead.BATCH);
				try (ResultSet rows = statement.executeQuery()) {
					return new RowsAhead<>(rows, mapper).forEach(writer);
				}
			}
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
