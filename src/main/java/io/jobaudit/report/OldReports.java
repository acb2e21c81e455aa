package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.RunId;
import io.jobaudit.report.subject.AuditedRun;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes the directories of reports of old runs. A directory is removed only if its
 * summary names a run of this database; other files in it are kept.
 */
public record OldReports(DataSource dataSource) {

	private static final String OLD_RUNS = """
			select run_id from audit.audit_run
			where account = :account and coalesce(finished_at, started_at) < :before and (purged_at is not null or :planned)
			order by run_id
			""";

	/**
	 * Removes the directories of purged runs.
	 * @param before runs that ended before this instant are old
	 * @param parent where the directories are
	 * @param dryRun whether to count only, those of runs that are not purged yet too
	 * @param stopping polled before each directory: whether to stop
	 */
	public RemovedReports remove(Account account, Instant before, Path parent, boolean dryRun,
			BooleanSupplier stopping) {
		List<RunId> runs = JdbcClient.create(this.dataSource)
			.sql(OLD_RUNS)
			.param("account", account.name())
			.param("before", before.atOffset(ZoneOffset.UTC))
			.param("planned", dryRun)
			.query((row, number) -> new RunId(row.getLong("run_id")))
			.list();
		RunDirectory owner = new RunDirectory(this.dataSource);
		long directories = 0;
		long bytes = 0;
		List<String> kept = new ArrayList<>();
		for (RunId run : runs) {
			Path directory = parent.resolve(AuditedRun.directoryName(run));
			if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS) || stopping.getAsBoolean()) {
				continue;
			}
			if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) || !owner.has(directory, run)) {
				kept.add(directory + ": not the reports of run " + run + " of this database");
				continue;
			}
			try {
				Contents contents = Contents.of(directory);
				directories++;
				bytes += contents.bytes();
				if (!contents.others().isEmpty()) {
					kept.add(directory + ": it has other files, such as " + contents.others().get(0));
				}
				if (!dryRun) {
					contents.delete(directory);
				}
			}
			catch (IOException ex) {
				throw new ReportNotRemovedException(directory, ex);
			}
		}
		return new RemovedReports(directories, bytes, kept);
	}

	/**
	 * What was removed, or would be.
	 *
	 * @param directories directories whose reports are removed
	 * @param bytes what these reports take on disk
	 * @param kept directories that stay, and why
	 */
	public record RemovedReports(long directories, long bytes, List<String> kept) {

		public RemovedReports {
			kept = List.copyOf(kept);
		}

	}

	/**
	 * What is in a directory.
	 *
	 * @param own files that the summary lists, and last the summary, which proves whose
	 * they are
	 */
	private record Contents(List<Path> own, List<Path> others, long bytes) {

		private static Contents of(Path directory) throws IOException {
			Set<String> names = RunDirectory.ownFiles(directory);
			List<Path> own = new ArrayList<>();
			List<Path> others = new ArrayList<>();
			long bytes = 0;
			try (Stream<Path> files = Files.list(directory)) {
				for (Path file : files.sorted().toList()) {
					boolean isOwn = names.contains(file.getFileName().toString())
							&& Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
					(isOwn ? own : others).add(isOwn ? file : file.getFileName());
					bytes += isOwn ? Files.size(file) : 0;
				}
			}
			own.sort(Comparator.comparing((file) -> file.endsWith(RunSummary.FILE_NAME)));
			return new Contents(own, others, bytes);
		}

		private void delete(Path directory) throws IOException {
			for (Path file : this.own) {
				Files.delete(file);
			}
			if (this.others.isEmpty()) {
				Files.delete(directory);
			}
		}

	}

	/** The file system refuses to delete. */
	private static final class ReportNotRemovedException extends AuditException {

		private static final long serialVersionUID = 1L;

		ReportNotRemovedException(Path directory, IOException cause) {
			super(ExitStatus.OUTPUT,
					"cannot remove the reports in %s: %s; make it writable for this user, then purge again"
						.formatted(directory, FailureReason.ofFile(cause)),
					cause);
		}

	}

}
