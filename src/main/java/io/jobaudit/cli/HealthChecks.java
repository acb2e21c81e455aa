package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

import javax.sql.DataSource;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.DoctorCommand.CheckResult;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.DatabaseRequirements;
import io.jobaudit.store.StoreProperties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.ThrowingFunction;

/** The doctor's checks, in the order in which a run needs what they check. */
final class HealthChecks {

	static final List<Function<ConfigurableApplicationContext, CheckResult>> ALL = List.of(
			check("settings", HealthChecks::settings), check("credentials", HealthChecks::credentials),
			check("API", HealthChecks::api), check("database", HealthChecks::database),
			check("clock", HealthChecks::clock), check("tables", HealthChecks::tables),
			check("rights", HealthChecks::rights), check("lock", HealthChecks::lock),
			check("definitions", HealthChecks::definitions), check("reports", HealthChecks::reports),
			check("disk", HealthChecks::disk));

	private static final List<String> WRITTEN = List.of("audit.audit_run", "audit.audit_item_row", "audit.smart_job",
			"audit.audit_input", "audit.audit_rejected_line", "audit.price", "batch.batch_job_instance",
			"batch.batch_job_execution", "batch.batch_step_execution");

	private HealthChecks() {
	}

	/** A check that fails as a run would: what it throws is its finding. */
	private static Function<ConfigurableApplicationContext, CheckResult> check(String name,
			ThrowingFunction<ConfigurableApplicationContext, CheckResult> check) {
		return (context) -> {
			try {
				CheckResult seen = check.applyWithException(context);
				return new CheckResult(name, seen.status(), seen.warning(), seen.finding());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return CheckResult.failed(name, ExitStatus.INTERNAL, "interrupted");
			}
			catch (Exception ex) {
				return CheckResult.failed(name, Failures.statusOf(ex), Failures.describe(ex));
			}
		};
	}

	private static CheckResult settings(ConfigurableApplicationContext context) {
		context.getBeansWithAnnotation(ConfigurationProperties.class);
		ApiProperties api = context.getBean(ApiProperties.class);
		return CheckResult.ok("", "account %s, region %s, %s calls/s, %d in flight"
			.formatted(context.getBean(StoreProperties.class).account(), api.region(), api.rate(), api.concurrency()));
	}

	private static CheckResult credentials(ConfigurableApplicationContext context) {
		try (AccountClient client = AuditCommand.client(context)) {
			return CheckResult.ok("", "access key " + client.accessKeyId());
		}
	}

	private static CheckResult api(ConfigurableApplicationContext context) throws InterruptedException {
		String target = context.getBean(ApiProperties.class).target().toString();
		try (AccountClient client = AuditCommand.client(context)) {
			return client.probe()
				.map((what) -> CheckResult.failed("", ExitStatus.UNAVAILABLE,
						target + " does not answer: " + what + "; check the network, the endpoint and the certificate"))
				.orElseGet(() -> CheckResult.ok("", target + " answers a signed call"));
		}
	}

	private static CheckResult database(ConfigurableApplicationContext context) throws SQLException {
		if (isEmbedded(context)) {
			return CheckResult.ok("", "embedded PostgreSQL, data in "
					+ context.getBean(StoreProperties.class).dataDirectory().toAbsolutePath());
		}
		DatabaseRequirements.check(context.getBean(DataSource.class));
		if (jdbc(context).sql("select current_setting('transaction_read_only')::boolean")
			.query(Boolean.class)
			.single()) {
			return CheckResult.failed("", ExitStatus.UNAVAILABLE,
					"is read-only: a standby, or default_transaction_read_only; connect to the primary");
		}
		return CheckResult.ok("",
				jdbc(context).sql("select split_part(version(), ' on ', 1) || ' as ' || current_user")
					.query(String.class)
					.single());
	}

	private static CheckResult clock(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return CheckResult.ok("", "checked by the signed call only");
		}
		Instant theirs = jdbc(context).sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
		Duration skew = Duration.between(theirs, Instant.now()).abs();
		if (skew.compareTo(Duration.ofMinutes(15)) > 0) {
			return CheckResult.failed("", ExitStatus.CONFIGURATION,
					"differs from the database's by %d s; the API allows 15 minutes: set this machine's clock"
						.formatted(skew.toSeconds()));
		}
		String finding = "differs from the database's by %d s".formatted(skew.toSeconds());
		return (skew.compareTo(Duration.ofMinutes(1)) > 0) ? CheckResult.warning("", finding)
				: CheckResult.ok("", finding);
	}

	private static CheckResult tables(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return CheckResult.ok("", "created by the first run");
		}
		boolean made = jdbc(context).sql("select to_regclass('audit.flyway_schema_history') is not null")
			.query(Boolean.class)
			.single();
		if (!made) {
			return CheckResult.warning("", "no tables yet; run any command once as job_audit_owner to create them");
		}
		MigrationInfo[] pending = context.getBean(Flyway.class).info().pending();
		return (pending.length > 0) ? CheckResult.warning("",
				"pending migrations: %d; run any command once as job_audit_owner to apply them"
					.formatted(pending.length))
				: CheckResult.ok("", "up to date");
	}

	private static CheckResult rights(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return CheckResult.ok("", "all");
		}
		List<String> missing = jdbc(context)
			.sql("""
					select t || ' (' || string_agg(r, ', ' order by r) || ')' from unnest(?::text[]) as t, unnest(array['select', 'insert', 'update']) as r
					where to_regclass(t) is not null and not has_table_privilege(t, r)
					and (r <> 'update' or t not in ('audit.audit_rejected_line', 'audit.audit_input', 'audit.price', 'batch.batch_job_instance'))
					group by t order by t
					""")
			.param(WRITTEN.toArray(String[]::new))
			.query((row, number) -> row.getString(1))
			.list();
		return missing.isEmpty() ? CheckResult.ok("", "sufficient for a run") : CheckResult.failed("",
				ExitStatus.PERMISSION,
				"no permission to write " + String.join(", ", missing) + "; grant job_audit_writer, see sql/roles.sql");
	}

	private static CheckResult lock(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return CheckResult.ok("", "no other process");
		}
		return Ledger.lockHolder(jdbc(context), context.getBean(StoreProperties.class).account())
			.map((holder) -> CheckResult.failed("", ExitStatus.NOT_NOW, "held by a run, wait for it: " + holder))
			.orElseGet(() -> CheckResult.ok("", "free"));
	}

	/** Only where the tables exist: the doctor creates none. */
	private static CheckResult definitions(ConfigurableApplicationContext context) {
		if (isEmbedded(context) || tables(context).warning()) {
			return CheckResult.ok("", "checked by the first run");
		}
		context.getBean(ReportWriter.class).requireUsableQueries();
		return CheckResult.ok("", "all queries are valid");
	}

	private static CheckResult reports(ConfigurableApplicationContext context) {
		Path directory = context.getBean(ReportProperties.class).directory();
		Path existing = existing(directory);
		try {
			Files.delete(Files.createTempFile(existing, ".job-audit-doctor", ""));
			return CheckResult.ok("", directory.toAbsolutePath() + " is writable");
		}
		catch (IOException ex) {
			return CheckResult.failed("", ExitStatus.OUTPUT,
					"cannot write to %s; make it writable for this user, or name another directory with audit.report.directory"
						.formatted(directory.toAbsolutePath()));
		}
	}

	private static CheckResult disk(ConfigurableApplicationContext context) throws IOException {
		Path directory = existing(context.getBean(ReportProperties.class).directory());
		long room = Files.getFileStore(directory).getUsableSpace();
		String finding = "%,d MB free for reports".formatted(room >> 20);
		return (room < 1L << 30) ? CheckResult.warning("", finding) : CheckResult.ok("", finding);
	}

	private static Path existing(Path directory) {
		@Nullable Path path = directory.toAbsolutePath();
		while (path != null && !Files.exists(path)) {
			path = path.getParent();
		}
		return (path != null) ? path : Path.of("/");
	}

	private static boolean isEmbedded(ConfigurableApplicationContext context) {
		String url = context.getEnvironment().getProperty("spring.datasource.url");
		return url == null || url.isBlank();
	}

	/**
	 * The data source alone: every other bean that uses the database would migrate it.
	 */
	private static JdbcClient jdbc(ConfigurableApplicationContext context) {
		return JdbcClient.create(context.getBean(DataSource.class));
	}

}
