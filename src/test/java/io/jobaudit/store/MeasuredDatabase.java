package io.jobaudit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** A database that measures every statement with values before it executes it. */
public final class MeasuredDatabase {

	/** A stored result is measured as the query that it comes from. */
	private static final String STORED = "(?s)^create temporary table \\w+ on commit drop as ";

	private final DataSource database;

	private final boolean repeated;

	private final List<Read> reads = new ArrayList<>();

	/**
	 * Creates it.
	 * @param repeated whether statements are executed again and again, so that the server
	 * may plan them once for all values
	 */
	public MeasuredDatabase(DataSource database, boolean repeated) {
		this.database = database;
		this.repeated = repeated;
	}

	/** What the product gets. */
	public DataSource dataSource() {
		return proxy(DataSource.class, (method, args) -> {
			Object result = method.invoke(this.database, args);
			return (result instanceof Connection connection) ? connection(connection) : result;
		});
	}

	/** What was executed since the last time. */
	public List<Read> reads() {
		List<Read> last = List.copyOf(this.reads);
		this.reads.clear();
		return last;
	}

	private Connection connection(Connection connection) {
		return proxy(Connection.class, (method, args) -> {
			Object result = method.invoke(connection, args);
			return (result instanceof PreparedStatement statement)
					? statement(connection, String.valueOf(args[0]), statement) : result;
		});
	}

	private PreparedStatement statement(Connection connection, String sql, PreparedStatement statement) {
		TreeMap<Integer, @Nullable Object> values = new TreeMap<>();
		List<@Nullable Object[]> rows = new ArrayList<>();
		return proxy(PreparedStatement.class, (method, args) -> {
			String name = method.getName();
			if (name.startsWith("set") && args.length > 1) {
				values.put((Integer) args[0], name.equals("setNull") ? ofNull((Integer) args[1]) : args[1]);
			}
			else if (name.equals("addBatch") || (name.startsWith("execute") && !name.equals("executeBatch"))) {
				rows.add(values.values().toArray());
			}
			if (name.startsWith("execute")) {
				for (@Nullable
				Object[] row : rows) {
					this.reads.add(read(connection, sql, row));
				}
				rows.clear();
			}
			return method.invoke(statement, args);
		});
	}

	private static @Nullable Object ofNull(int type) {
		return (type == Types.BIGINT) ? QueryPlans.NO_NUMBER : null;
	}

	/** Rows that were inserted and rolled back are in the way of a second measurement. */
	private Read read(Connection connection, String statement, @Nullable Object[] row) throws SQLException {
		String sql = statement.replaceFirst(STORED, "");
		long buffers = QueryPlans.buffers(connection, sql, row);
		return (!this.repeated || sql.contains("insert into")) ? new Read(sql, buffers, 0)
				: new Read(sql, Math.max(buffers, QueryPlans.buffersOfGenericPlan(connection, sql, row)),
						QueryPlans.rows(connection, sql, row));
	}

	private static <T> T proxy(Class<T> type, Call call) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, args) -> {
				try {
					return call.of(method, (args != null) ? args : new Object[0]);
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	/**
	 * A statement that was executed.
	 *
	 * @param buffers pages that it reads, planned for its values or for all values
	 * @param rows that the steps of its plan read and give; 0 for an insert, or if it is
	 * not repeated
	 */
	public record Read(String sql, long buffers, long rows) {
	}

	@FunctionalInterface
	private interface Call {

		Object of(Method method, Object[] args) throws ReflectiveOperationException, SQLException;

	}

}
