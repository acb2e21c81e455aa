package io.jobaudit.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Which version the tables have, and which this release needs.
 *
 * @param found that of the database; null when there are no tables
 * @param pending what is to be done, in order
 */
public record SchemaVersion(@Nullable MigrationVersion found, MigrationVersion needed, List<MigrationInfo> pending) {

	/** Reads it; changes nothing. */
	public static SchemaVersion of(Flyway flyway) {
		MigrationInfoService info = flyway.info();
		MigrationVersion needed = Arrays.stream(info.all())
			.filter((migration) -> migration.isVersioned() && migration.getState().isResolved())
			.map(MigrationInfo::getVersion)
			.max(Comparator.naturalOrder())
			.orElseThrow();
		MigrationInfo current = info.current();
		return new SchemaVersion((current != null) ? current.getVersion() : null, needed, List.of(info.pending()));
	}

	/** Whether a later release has migrated the tables. */
	public boolean isNewer() {
		return this.found != null && this.found.isNewerThan(this.needed.getVersion());
	}

	/** Megabytes that must be free on the disk of the database for what is pending. */
	public static long room(Flyway flyway) {
		return MigrationRoom.megabytes(flyway.getConfiguration().getDataSource());
	}

	/** What is there and what is needed, as the beginning of a sentence. */
	@Override
	public String toString() {
		if (this.found == null) {
			return "the database has no tables of this release (version %s needed, none there)".formatted(this.needed);
		}
		return "the database has the tables of %s release (version %s needed, %s there)"
			.formatted(isNewer() ? "a later" : this.pending.isEmpty() ? "this" : "an earlier", this.needed, this.found);
	}

}
