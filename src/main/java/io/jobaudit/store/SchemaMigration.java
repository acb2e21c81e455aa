package io.jobaudit.store;

import javax.sql.DataSource;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Brings the tables to the version of this release when a command starts as a role that
 * may, and checks for any other role that this is done.
 */
public record SchemaMigration(DataSource dataSource) implements FlywayMigrationStrategy {

	@Override
	public void migrate(Flyway flyway) {
		DatabaseRequirements.check(this.dataSource);
		if (SchemaRole.of(flyway).mayMigrate()) {
			flyway.migrate();
		}
		else if (!flyway.validateWithResult().validationSuccessful) {
			require(flyway);
			flyway.validate();
		}
	}

	/**
	 * Migrates as the owner of the tables.
	 * @throws MigrationNeededException when the role may not, and something is pending
	 */
	public MigrateResult migrateAsOwner(Flyway flyway) {
		DatabaseRequirements.check(this.dataSource);
		require(flyway);
		return flyway.migrate();
	}

	/**
	 * Checks that nothing is pending, or that the role may migrate.
	 * @throws MigrationNeededException when neither is so
	 */
	public static void require(Flyway flyway) {
		SchemaVersion version = SchemaVersion.of(flyway);
		SchemaRole role = SchemaRole.of(flyway);
		if (!version.pending().isEmpty() && !role.mayMigrate()) {
			throw new MigrationNeededException(version, role);
		}
	}

	/** The tables are not those of this release, and the role may not change them. */
	public static class MigrationNeededException extends AuditException {

		private static final long serialVersionUID = 1L;

		MigrationNeededException(SchemaVersion version, SchemaRole role) {
			super(ExitStatus.PERMISSION, "%s: run job-audit migrate as their owner, %s, or set SPRING_FLYWAY_USER"
				.formatted(version, role.owner()));
		}

	}

}
