package io.jobaudit.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other. */
final class ParameterCursor {

	private final PreparedStatement statement;

	private int index;

	ParameterCursor(PreparedStatement statement) {
		this.statement = statement;
	}

	ParameterCursor text(@Nullable String value) throws SQLException {
		this.statement.setString(++this.index, value);
		return this;
	}

	ParameterCursor number(@Nullable Long value) throws SQLException {
		this.statement.setObject(++this.index, value, Types.BIGINT);
		return this;
	}

	ParameterCursor instant(@Nullable Instant value) throws SQLException {
		Object time = (value != null) ? value.atOffset(ZoneOffset.UTC) : null;
		this.statement.setObject(++this.index, time, Types.TIMESTAMP_WITH_TIMEZONE);
		return this;
	}

}
