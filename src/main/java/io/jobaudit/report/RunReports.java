package io.jobaudit.report;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.jobaudit.report.csv.UnreadableIdsCsv;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.AuditedRun;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportSubject;

/** Writes the files of a run. */
record RunReports(List<WorkbookDefinition> workbooks, ReportQueries queries, int maxRows) {

	WrittenReports writeTo(StagedDirectory staged) {
		AuditedRun run = AuditedRun.read(this.queries);
		ReportSubject subject = run.subject(this.queries.scope());
		ReportQueries ofRun = this.queries.within(subject.scope());
		ReportFiles files = new ReportFiles(staged, subject, ofRun, this.maxRows);
		files.writeAll(this.workbooks);
		files.write(UnreadableIdsCsv.FILE_NAME, new UnreadableIdsCsv(ofRun)::writeTo);
		List<ReportFile> summarized = files.written();
		String summary = RunSummary.of(run, ofRun, summarized).json();
		files.write(RunSummary.FILE_NAME, (out) -> {
			out.write(summary.getBytes(StandardCharsets.UTF_8));
			return 1L;
		});
		return new WrittenReports(staged.target(), summarized, summary);
	}

}
