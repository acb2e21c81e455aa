package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import javax.sql.DataSource;

import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.StoreProperties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The doctor's checks, in the order in which a run meets what they look at. */
final class Checks {

	static final List<Function<ConfigurableApplicationContext, Diagnosis>> ALL = List.of(
			check("settings", Checks::settings), check("credentials", Checks::credentials), check("API", Checks::api),
			check("database", Checks::database), check("clock", Checks::clock), check("tables", Checks::tables),
			check("rights", Checks::rights), check("lock", Checks::lock), check("definitions", Checks::definitions),
			check("reports", Checks::reports), check("disk", Checks::disk));

	private static final long ROOM = 1L << 30;

	private static final Duration SKEW = Duration.ofMinutes(1);

	private static final Duration LONGEST_SKEW = Duration.ofMinutes(15);

	/** Tables that a run writes. */
	private static final List<String> WRITTEN = List.of("audit.audit_run", "audit.audit_item", "audit.smart_job",
			"audit.audit_input", "audit.audit_rejected_line", "audit.price", "batch.batch_job_instance",
			"batch.batch_job_execution", "batch.batch_step_execution");

	private Checks() {
	}

	/** What may fail. */
	@FunctionalInterface
	private interface Look {

		Diagnosis at(ConfigurableApplicationContext context) throws Exception;

	}

	/** A check that fails as a run would. */
	private static Function<ConfigurableApplicationContext, Diagnosis> check(String name, Look look) {
		return (context) -> {
			try {
				Diagnosis seen = look.at(context);
				return new Diagnosis(name, seen.exitCode(), seen.warning(), seen.finding());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return Diagnosis.ill(name, ExitCode.INTERNAL, "interrupted");
			}
			catch (Exception ex) {
				int code = ExitCode.of(ex);
				return Diagnosis.ill(name, code, Failures.describe(ex, code));
			}
		};
	}

	private static Diagnosis settings(ConfigurableApplicationContext context) {
		context.getBeansWithAnnotation(ConfigurationProperties.class);
		ApiProperties api = context.getBean(ApiProperties.class);
		return Diagnosis.well("", "account %s, region %s, %s calls/s, %d in flight"
			.formatted(context.getBean(StoreProperties.class).account(), api.region(), api.rate(), api.concurrency()));
	}

	private static Diagnosis credentials(ConfigurableApplicationContext context) {
		return Diagnosis.well("", "access key " + context.getBean(SmartJobFetch.class).accessKeyId());
	}

	private static Diagnosis api(ConfigurableApplicationContext context) throws InterruptedException {
		Optional<String> wrong = context.getBean(SmartJobFetch.class).probe();
		String target = context.getBean(ApiProperties.class).target().toString();
		return wrong
			.map((what) -> Diagnosis.ill("", ExitCode.UNAVAILABLE,
					target + " does not answer: " + what + "; look at the network, the endpoint and the certificate"))
			.orElseGet(() -> Diagnosis.well("", target + " answers a signed call"));
	}

	private static Diagnosis database(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return Diagnosis.well("", "embedded PostgreSQL, data in "
					+ context.getBean(StoreProperties.class).dataDirectory().toAbsolutePath());
		}
		return Diagnosis.well("",
				jdbc(context).sql("select split_part(version(), ' on ', 1) || ' as ' || current_user")
					.query(String.class)
					.single());
	}

	private static Diagnosis clock(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return Diagnosis.well("", "compared by the signed call only");
		}
		Instant theirs = jdbc(context).sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
		Duration skew = Duration.between(theirs, Instant.now()).abs();
		if (skew.compareTo(LONGEST_SKEW) > 0) {
			return Diagnosis.ill("", ExitCode.CONFIGURATION,
					"%d s away from the database's; the API takes 15 minutes, set the clock"
						.formatted(skew.toSeconds()));
		}
		String finding = "%d s away from the database's".formatted(skew.toSeconds());
		return (skew.compareTo(SKEW) > 0) ? Diagnosis.warning("", finding) : Diagnosis.well("", finding);
	}

	private static Diagnosis tables(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return Diagnosis.well("", "made by the first run");
		}
		boolean made = jdbc(context).sql("select to_regclass('audit.flyway_schema_history') is not null")
			.query(Boolean.class)
			.single();
		if (!made) {
			return Diagnosis.warning("", "there are none yet: the first run makes them, as job_audit_owner");
		}
		MigrationInfo[] pending = context.getBean(Flyway.class).info().pending();
		return (pending.length > 0)
				? Diagnosis.warning("",
						"%d migrations are left: the next run makes them, as job_audit_owner".formatted(pending.length))
				: Diagnosis.well("", "as this release has them");
	}

	private static Diagnosis rights(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return Diagnosis.well("", "all");
		}
		List<String> missing = jdbc(context)
			.sql("""
					select t || ' (' || string_agg(r, ', ' order by r) || ')' from unnest(?::text[]) as t, unnest(array['select', 'insert', 'update']) as r
					where to_regclass(t) is not null and not has_table_privilege(t, r)
					and (r <> 'update' or t not in ('audit.audit_rejected_line', 'audit.audit_input', 'audit.price', 'batch.batch_job_instance'))
					group by t order by t
					""")
			.param(WRITTEN.toArray(String[]::new))
			.query(String.class)
			.list();
		return missing.isEmpty() ? Diagnosis.well("", "may write what a run writes")
				: Diagnosis.ill("", ExitCode.PERMISSION,
						"may not write " + String.join(", ", missing) + "; grant job_audit_writer, see sql/roles.sql");
	}

	private static Diagnosis lock(ConfigurableApplicationContext context) {
		if (isEmbedded(context)) {
			return Diagnosis.well("", "nobody else is there");
		}
		return Ledger.lockHolder(jdbc(context), context.getBean(StoreProperties.class).account())
			.map((holder) -> Diagnosis.ill("", ExitCode.LOCKED, "a run holds it, wait for it: " + holder))
			.orElseGet(() -> Diagnosis.well("", "free"));
	}

	/** Only where the tables are there: making them is not the doctor's. */
	private static Diagnosis definitions(ConfigurableApplicationContext context) {
		if (isEmbedded(context) || tables(context).warning()) {
			return Diagnosis.well("", "checked by the first run");
		}
		context.getBean(ReportWriter.class).requireUsableQueries();
		return Diagnosis.well("", "all sheets can be asked");
	}

	private static Diagnosis reports(ConfigurableApplicationContext context) {
		Path directory = context.getBean(ReportProperties.class).directory();
		Path existing = existing(directory);
		try {
			Files.delete(Files.createTempFile(existing, ".job-audit-doctor", ""));
			return Diagnosis.well("", directory.toAbsolutePath() + " can be written");
		}
		catch (IOException ex) {
			return Diagnosis.ill("", ExitCode.REPORT,
					"%s cannot be written (%s); name another by --reports or audit.report.directory"
						.formatted(directory.toAbsolutePath(), ex.getClass().getSimpleName()));
		}
	}

	private static Diagnosis disk(ConfigurableApplicationContext context) throws IOException {
		Path directory = existing(context.getBean(ReportProperties.class).directory());
		long room = Files.getFileStore(directory).getUsableSpace();
		String finding = "%,d MB free for reports".formatted(room >> 20);
		return (room < ROOM) ? Diagnosis.warning("", finding) : Diagnosis.well("", finding);
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

	/** The data source alone: what else speaks to the database would migrate it. */
	private static JdbcClient jdbc(ConfigurableApplicationContext context) {
		return JdbcClient.create(context.getBean(DataSource.class));
	}

}
