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

}
