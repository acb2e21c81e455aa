package io.jobaudit.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the tables to the version of this release, and does nothing else. */
@Command(name = "migrate",
		description = "Creates the tables, or brings them to the version of this release; run it once per release as their owner, job_audit_owner.")
final class MigrateCommand extends AuditCommand {

	@Option(names = "--dry-run", description = "List pending migrations and what they need; write nothing.")
	private boolean dryRun;

	@Mixin
	private JsonOption json = new JsonOption();

	@Override
	public Integer call() throws Exception {
		return run(settings(), (context, stop) -> {
			if (!DatabaseUrl.isSet(context.getEnvironment())) {
				throw new ConfigurationException("migrate needs spring.datasource.url, the database to migrate;"
						+ " the embedded database is migrated by each command that uses it");
			}
			// Not by the name of a bean that would migrate it first.
			Flyway flyway = context.getBean(Flyway.class);
			SchemaVersion before = SchemaVersion.of(flyway);
			program().print(this.dryRun ? pending(flyway, before)
					: migrated(before, flyway, context.getBean(SchemaMigration.class)), ExitStatus.COMPLETE);
			return ExitStatus.COMPLETE;
		});
	}

	private String migrated(SchemaVersion before, Flyway flyway, SchemaMigration migration) {
		long began = Ticker.SYSTEM.now();
		MigrateResult result = migration.migrateAsOwner(flyway);
		Map<String, @Nullable Object> figures = figures(before);
		figures.put("migrated", result.migrationsExecuted);
		return this.json.choose(figures, text(before, result, Duration.ofNanos(Ticker.SYSTEM.now() - began)));
	}

	private static String text(SchemaVersion before, MigrateResult result, Duration took) {
		if (result.migrationsExecuted == 0) {
			return "Nothing to migrate: %s.\n".formatted(before);
		}
		return String.format(Locale.ROOT, "Migrated from %s to version %s: %d migration%s in %.1f s.\n",
				(before.found() != null) ? "version " + before.found() : "nothing", before.needed(),
				result.migrationsExecuted, (result.migrationsExecuted == 1) ? "" : "s", took.toMillis() / 1000.0);
	}

	private String pending(Flyway flyway, SchemaVersion version) {
		SchemaRole role = SchemaRole.of(flyway);
		Map<String, @Nullable Object> figures = figures(version);
		figures.put("pending", version.pending().stream().map(MigrateCommand::figures).toList());
		figures.put("megabytesNeeded", SchemaVersion.room(flyway));
		figures.put("role", role.name());
		figures.put("mayMigrate", role.mayMigrate());
		return this.json.choose(figures, pending(version, role, SchemaVersion.room(flyway)));
	}

	private static Map<String, @Nullable Object> figures(SchemaVersion before) {
		Map<String, @Nullable Object> figures = new LinkedHashMap<>();
		figures.put("found", (before.found() != null) ? before.found().getVersion() : null);
		figures.put("needed", before.needed().getVersion());
		return figures;
	}

	private static Map<String, @Nullable Object> figures(MigrationInfo migration) {
		Map<String, @Nullable Object> figures = new LinkedHashMap<>();
		figures.put("version", migration.isVersioned() ? migration.getVersion().getVersion() : null);
		figures.put("description", migration.getDescription());
		return figures;
	}

	private static String pending(SchemaVersion version, SchemaRole role, long room) {
		if (version.pending().isEmpty()) {
			return "Nothing to migrate: %s.\n".formatted(version);
		}
		StringBuilder text = new StringBuilder("Pending, as %s:\n".formatted(version));
		for (MigrationInfo migration : version.pending()) {
			text.append("  %-4s %s%n".formatted(migration.isVersioned() ? migration.getVersion() : "",
					migration.getDescription()));
		}
		text.append("They need\n  room on the disk of the database  %s%n"
			.formatted((room > 0) ? "up to %,d MB".formatted(room) : "little"));
		return text
			.append("  the role                          %s%n"
				.formatted(role.mayMigrate() ? role.name() + ", as now" : role.owner() + "; this is " + role.name()))
			.toString();
	}

}
