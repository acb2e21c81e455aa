package io.jobaudit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passes statements on to a database and, just before each one with parameters, has the
 * server execute it to count what it reads; what that changes is rolled back.
 */
public final class ExplainedStatements extends DelegatingDataSource {

	private static final String EXPLAIN = "explain (analyze, buffers, timing off, format json) ";

	private final List<Explained> statements = new ArrayList<>();

	public ExplainedStatements(DataSource database) {
		super(database);
	}

	/**
	 * A statement that was executed.
	 *
	 * @param pages 8 KB pages that it read, from memory, disk or temporary files
	 * @param rows rows that it returned, or stored
	 */
	public record Explained(String sql, long pages, long rows) {
	}

	public List<Explained> statements() {
		return List.copyOf(this.statements);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return proxy(Connection.class, connection, (method, args, result) -> method.getName().equals("prepareStatement")
				? explained(connection, (PreparedStatement) Objects.requireNonNull(result), String.valueOf(args[0]))
				: result);
	}

	private PreparedStatement explained(Connection connection, PreparedStatement statement, String sql) {
		List<Setting> settings = new ArrayList<>();
		return proxy(PreparedStatement.class, statement, (method, args) -> {
			if (method.getName().startsWith("set") && args.length > 1) {
				settings.add(new Setting(method, args));
			}
			else if (method.getName().startsWith("execute") && isExplainable(sql)) {
				this.statements.add(explain(connection, sql, settings));
			}
		});
	}

	private static boolean isExplainable(String sql) {
		String begin = sql.replaceAll("(?m)^\\s*--.*$", "").strip().toLowerCase(Locale.ROOT);
		return List.of("select", "with", "create temporary").stream().anyMatch(begin::startsWith);
	}

	private static Explained explain(Connection connection, String sql, List<Setting> settings) throws Exception {
		Savepoint before = connection.setSavepoint();
		try (PreparedStatement explain = connection.prepareStatement(EXPLAIN + sql)) {
			for (Setting setting : settings) {
				setting.method().invoke(explain, setting.args());
			}
			try (ResultSet plan = explain.executeQuery()) {
				plan.next();
				JsonNode top = JsonMapper.shared().readTree(plan.getString(1)).path(0).path("Plan");
				return new Explained(sql, QueryPlans.pages(top), top.path("Actual Rows").longValue());
			}
		}
		finally {
			connection.rollback(before);
		}
	}

	private static <T> T proxy(Class<T> type, T target, Before before) {
		return proxy(type, target, before, (method, args, result) -> result);
	}

	private static <T> T proxy(Class<T> type, T target, After after) {
		return proxy(type, target, (method, args) -> {
		}, after);
	}

	private static <T> T proxy(Class<T> type, T target, Before before, After after) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, arguments) -> {
				@Nullable Object[] args = (arguments != null) ? arguments : new Object[0];
				try {
					before.call(method, args);
					return after.call(method, args, method.invoke(target, args));
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	/** A parameter as it was set. */
	private record Setting(Method method, @Nullable Object[] args) {
	}

	private interface Before {

		void call(Method method, @Nullable Object[] args) throws Exception;

	}

	private interface After {

		@Nullable Object call(Method method, @Nullable Object[] args, @Nullable Object result) throws Exception;

	}

}
