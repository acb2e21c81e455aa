package io.jobaudit.cli;

import java.time.Duration;
import java.util.Locale;

import io.jobaudit.ConfigurationException;
import io.jobaudit.ExitStatus;
import io.jobaudit.Ticker;
import io.jobaudit.store.DatabaseUrl;
import io.jobaudit.store.SchemaMigration;
import io.jobaudit.store.SchemaRole;
import io.jobaudit.store.SchemaVersion;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the tables to the version of this release, and does nothing else. */
@Command(name = "migrate",
		description = "Creates the tables, or brings them to the version of this release; run it once per release as their owner, job_audit_owner.")
final class MigrateCommand extends AuditCommand {

	@Option(names = "--dry-run", description = "List pending migrations and what they need; write nothing.")
	private boolean dryRun;

	@Override
	public Integer call() throws Exception {
		return run(settings(), (context, stop) -> {
			if (!DatabaseUrl.isSet(context.getEnvironment())) {
				throw new ConfigurationException("migrate needs spring.datasource.url, the database to migrate;"
						+ " the embedded database is migrated by each command that uses it");
			}
			// Not by the name of a bean that would migrate it first.
			Flyway flyway = context.getBean(Flyway.class);
			program().print(this.dryRun ? pending(flyway) : migrated(flyway, context.getBean(SchemaMigration.class)),
					ExitStatus.COMPLETE);
			return ExitStatus.COMPLETE;
		});
	}

	private static String migrated(Flyway flyway, SchemaMigration migration) {
		long began = Ticker.SYSTEM.now();
		SchemaVersion before = SchemaVersion.of(flyway);
		MigrateResult result = migration.migrateAsOwner(flyway);
		if (result.migrationsExecuted == 0) {
			return "Nothing to migrate: %s.\n".formatted(before);
		}
		return String.format(Locale.ROOT, "Migrated from %s to version %s: %d migrations in %.1f s.\n",
				(before.found() != null) ? "version " + before.found() : "nothing", before.needed(),
				result.migrationsExecuted, Duration.ofNanos(Ticker.SYSTEM.now() - began).toMillis() / 1000.0);
	}

	private static String pending(Flyway flyway) {
		SchemaVersion version = SchemaVersion.of(flyway);
		if (version.pending().isEmpty()) {
			return "Nothing to migrate: %s.\n".formatted(version);
		}
		SchemaRole role = SchemaRole.of(flyway);
		StringBuilder text = new StringBuilder("Pending, as %s:\n".formatted(version));
		for (MigrationInfo migration : version.pending()) {
			text.append("  %-4s %s%n".formatted(migration.isVersioned() ? migration.getVersion() : "",
					migration.getDescription()));
		}
		long room = SchemaVersion.room(flyway);
		text.append("They need\n  room on the disk of the database  %s%n"
			.formatted((room > 0) ? "up to %,d MB".formatted(room) : "little"));
		return text
			.append("  the role                          %s%n"
				.formatted(role.mayMigrate() ? role.name() + ", as now" : role.owner() + "; this is " + role.name()))
			.toString();
	}

}
