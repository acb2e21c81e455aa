package io.jobaudit.report;

import java.nio.file.Path;
import java.util.List;

/**
 * The reports of a run or a period on disk.
 *
 * @param files its files except {@code run-summary.json}
 * @param summary text of {@code run-summary.json}, empty for a period
 */
public record WrittenReports(Path directory, List<ReportFile> files, String summary) {

	public WrittenReports {
		files = List.copyOf(files);
	}

	/**
	 * A file of the reports.
	 *
	 * @param sha256 SHA-256 of its bytes, in hex
	 * @param rows its detail rows, one per job or id, without header and totals
	 */
	public record ReportFile(Path path, String sha256, long rows) {

		public String name() {
			return String.valueOf(this.path.getFileName());
		}

	}

}
