package io.jobaudit.report;

import java.nio.file.Path;

/**
 * A file of the reports.
 *
 * @param sha256 SHA-256 of its bytes, in hex
 * @param rows its detail rows, one per job or id, without header and totals
 */
public record ReportFile(Path path, String sha256, long rows) {

	/** Name of the file without its directory. */
	public String name() {
		return String.valueOf(this.path.getFileName());
	}

}
