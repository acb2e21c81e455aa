package io.jobaudit.report;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A workbook of a run: summary, tables, audit. */
final class WorkbookFile {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");

	private final WorkbookDefinition definition;

	private final AuditedRun run;

	private final ReportQueries queries;

	private final ZoneId zone;

	private final int maxRows;

	WorkbookFile(WorkbookDefinition definition, AuditedRun run, ReportQueries queries, ZoneId zone, int maxRows) {
		this.definition = definition;
		this.run = run;
		this.queries = queries;
		this.zone = zone;
		this.maxRows = maxRows;
	}

	/** Writes the workbook and tells how many detail rows it holds. */
	long writeTo(OutputStream out) throws IOException {
		try (ReproducibleWorkbook workbook = new ReproducibleWorkbook(this.definition.title(),
				this.run.lastInstant())) {
			List<WrittenSheet> sheets = fill(workbook);
			workbook.setActiveSheet(0);
			workbook.write(out);
			return WrittenSheet.named(sheets, this.definition.detail().text()).rows();
		}
	}

	private List<WrittenSheet> fill(ReproducibleWorkbook file) {
		OpenWorkbook workbook = OpenWorkbook.of(file, this.zone, this.definition.title() + ", run " + this.run.runId());
		SummarySheet summary = new SummarySheet(workbook);
		List<WrittenSheet> sheets = new ArrayList<>();
		sheets.add(summary.write(this.definition.title(), subtitles(), keyFigures(), this.definition.summary()));
		for (SheetDefinition table : this.definition.tables()) {
			sheets.add(new TableSheet(workbook, table, this.maxRows).write(this.queries, this.definition.query(table)));
		}
		summary.draw(this.definition, sheets);
		workbook.links().write();
		new AuditSheet(workbook).write(this.run, sheets, this.queries, this.definition.audit());
		return sheets;
	}

	private List<KeyFigure> keyFigures() {
		ReportQuery query = this.definition.summary();
		return (query != null) ? KeyFigure.read(this.queries, query) : List.of();
	}

	private List<String> subtitles() {
		return List.of(
				"Run %d, account %s, region %s, input %s".formatted(this.run.runId(), this.run.account(),
						this.run.region(), this.run.inputSource()),
				"%s, %s, %s, times in %s".formatted(this.run.status(), duration(), period(), this.zone.getId()));
	}

	private String duration() {
		String started = "started " + text(TIME, this.run.startedAt());
		Instant finished = this.run.finishedAt();
		return (finished != null) ? started + ", finished " + text(TIME, finished) : started + ", not finished";
	}

	private String period() {
		Instant first = this.run.firstCreated();
		Instant last = this.run.lastCreated();
		if (first == null || last == null) {
			return "no job with a time of creation";
		}
		return "jobs created " + text(DAY, first) + " to " + text(DAY, last);
	}

	private String text(DateTimeFormatter format, Instant instant) {
		return format.format(instant.atZone(this.zone));
	}

}
