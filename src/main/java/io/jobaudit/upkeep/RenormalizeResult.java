package io.jobaudit.upkeep;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import io.jobaudit.normalize.SmartJob;

/** What came of reading stored answers anew. */
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

	/** Rows that are another by the rules of today. */
	public long changed() {
		return this.changed;
	}

	/** Rows left as they are, because their answer cannot be told any more. */
	public long left() {
		return this.left;
	}

	/** Rows by the column that is different. */
	public Map<String, Long> columns() {
		return Collections.unmodifiableMap(this.columns);
	}

	void count(SmartJob stored, Optional<SmartJob> anew) {
		this.read++;
		this.left += anew.isEmpty() ? 1 : 0;
		if (anew.isPresent() && !anew.get().equals(stored)) {
			this.changed++;
			for (RecordComponent column : SmartJob.class.getRecordComponents()) {
				if (!Objects.equals(value(column, stored), value(column, anew.get()))) {
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
