package io.jobaudit.upkeep;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import io.jobaudit.normalize.SmartJob;

/** Result of reading stored answers again. */
public final class RenormalizeResult {

	private final Map<String, Long> columns = new TreeMap<>();

	private long read;

	private long changed;

	private long left;

	RenormalizeResult() {
	}

	/** Rows read. */
	public long read() {
		return this.read;
	}

	/** Rows that differ by today's rules. */
	public long changed() {
		return this.changed;
	}

	/** Rows left unchanged, because their answer is no longer stored. */
	public long left() {
		return this.left;
	}

	/** Rows by the column that differs. */
	public Map<String, Long> columns() {
		return Collections.unmodifiableMap(this.columns);
	}

	void count(SmartJob stored, Optional<SmartJob> today) {
		this.read++;
		this.left += today.isEmpty() ? 1 : 0;
		if (today.isPresent() && !today.get().equals(stored)) {
			this.changed++;
			for (RecordComponent column : SmartJob.class.getRecordComponents()) {
				if (!Objects.equals(value(column, stored), value(column, today.get()))) {
					this.columns.merge(name(column), 1L, Long::sum);
				}
			}
		}
	}

	private static Object value(RecordComponent column, SmartJob job) {
		try {
			return Optional.ofNullable(column.getAccessor().invoke(job));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("a record can be read by its accessors", ex);
		}
	}

	private static String name(RecordComponent column) {
		return column.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

}
