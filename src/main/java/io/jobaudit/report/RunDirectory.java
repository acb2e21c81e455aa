package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.report.StagedDirectory.ReportNotWrittenException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks whose reports are in the directory of a run. The number of the run is not
 * enough: another database, or one restored from a backup, may have a run of the same
 * number.
 */
final class RunDirectory {

	/**
	 * The identity of a run.
	 *
	 * @param database identity of its database; null in reports of older releases
	 */
	private record Identity(@Nullable UUID database, long run, Instant startedAt, String inputSha256) {

		private boolean isSameAs(Identity other) {
			return this.run == other.run && this.startedAt.equals(other.startedAt)
					&& this.inputSha256.equals(other.inputSha256)
					&& (this.database == null || other.database == null || this.database.equals(other.database));
		}

		@Override
		public String toString() {
			return "run %d, started %s, input %.12s".formatted(this.run, this.startedAt, this.inputSha256);
		}

	}

	private final JdbcClient jdbc;

	RunDirectory(DataSource dataSource) {
		this.jdbc = JdbcClient.create(dataSource);
	}

	/**
	 * Checks that a directory has no reports but those of the run.
	 * @param runId a stored run, or the number of the next one
	 * @throws OtherReportsException when it has
	 */
	void requireFor(Path directory, RunId runId) {
		if (isEmpty(directory)) {
			return;
		}
		Identity found = read(directory.resolve(RunSummary.FILE_NAME));
		if (!isOf(found, runId)) {
			throw new OtherReportsException(directory, (found != null) ? "the reports of another run, " + found
					: "files, but no " + RunSummary.FILE_NAME + " of this run");
		}
	}

	/** Whether a directory has the reports of a stored run, by their summary. */
	boolean has(Path directory, RunId runId) {
		return isOf(read(directory.resolve(RunSummary.FILE_NAME)), runId);
	}

	private boolean isOf(@Nullable Identity found, RunId runId) {
		return found != null && this.jdbc.sql("""
				select audit.database_identity() as id, run_id, started_at, input_sha256
				from audit.audit_run where run_id = :run
				""")
			.param("run", runId.value())
			.query((row, number) -> new Identity(row.getObject("id", UUID.class), row.getLong("run_id"),
					row.getTimestamp("started_at").toInstant(), row.getString("input_sha256")))
			.optional()
			.filter(found::isSameAs)
			.isPresent();
	}

	/** Names of the files of a directory that its summary lists, and of the summary. */
	static Set<String> ownFiles(Path directory) {
		Path summary = directory.resolve(RunSummary.FILE_NAME);
		try {
			JsonNode files = JsonMapper.shared().readTree(Files.readAllBytes(summary)).path("files");
			return Stream
				.concat(Stream.of(RunSummary.FILE_NAME),
						files.valueStream().map((file) -> file.path("name").asString("")))
				.collect(Collectors.toSet());
		}
		catch (IOException | JacksonException ex) {
			return Set.of();
		}
	}

	private static boolean isEmpty(Path directory) {
		if (!Files.isDirectory(directory)) {
			return true;
		}
		try (Stream<Path> files = Files.list(directory)) {
			return files.findAny().isEmpty();
		}
		catch (IOException ex) {
			throw new ReportNotWrittenException(directory.getFileName().toString(), directory.resolveSibling(""), ex);
		}
	}

	/** Null when there is no summary, or it is none of ours. */
	private static @Nullable Identity read(Path summary) {
		try {
			JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(summary));
			String database = json.path("database").asString("");
			return new Identity(database.isEmpty() ? null : UUID.fromString(database), json.path("run").asLong(),
					Instant.parse(json.path("startedAt").asString("")), json.path("input").path("sha256").asString(""));
		}
		catch (IOException | JacksonException | DateTimeException | IllegalArgumentException ex) {
			return null;
		}
	}

	/** A directory has reports that would be lost if others were written there. */
	public static class OtherReportsException extends AuditException {

		private static final long serialVersionUID = 1L;

		OtherReportsException(Path directory, String found) {
			super(ExitStatus.OUTPUT,
					("%s has %s; it is not replaced. Move the directory away, or choose another one for the"
							+ " reports of this database with --reports or audit.report.directory")
						.formatted(directory.toAbsolutePath(), found));
		}

	}

}
