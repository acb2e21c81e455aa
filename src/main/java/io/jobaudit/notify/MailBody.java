package io.jobaudit.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.jobaudit.ExitStatus;
import io.jobaudit.HtmlTemplate;
import io.jobaudit.ReportTexts;
import io.jobaudit.notify.Findings.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The text of a mail, as a page and as plain text: the answer, what explains it, and what
 * failed most. The markup is in {@code mail.html}, which reads it by the names of its
 * methods: small, with its styles in the elements and without drawings, because mail
 * programs cut long mails and drop style sheets and drawings.
 *
 * @param verdict the first line, how the run ended
 * @param lines what explains it
 */
record MailBody(RunNotification notification, String verdict, List<String> lines) {

	private static final HtmlTemplate TEMPLATE = HtmlTemplate.of(MailBody.class, "mail.html");

	private static final int MOST_ROWS = 10;

	static MailBody of(RunNotification notification, List<String> notAttached) {
		List<String> all = NotificationText.lines(notification);
		List<String> lines = new ArrayList<>(all.subList(1, all.size()));
		lines.addAll(notAttached);
		return new MailBody(notification, all.get(0), lines);
	}

	String html() {
		return TEMPLATE.fill(this);
	}

	String text() {
		StringBuilder text = new StringBuilder(headline() + "\n\n");
		answer().forEach((sentence) -> text.append(sentence).append('\n'));
		text.append(answer().isEmpty() ? "" : "\n").append(this.verdict).append('\n');
		this.lines.forEach((line) -> text.append(line).append('\n'));
		return text.append((link() != null) ? "\n" + link() + "\n" : "").toString();
	}

	String headline() {
		return NotificationText.headline(this.notification);
	}

	/** What explains the verdict, besides the tables. */
	List<String> explanations() {
		Findings findings = this.notification.findings();
		List<String> listed = (findings != null) ? NotificationText.kinds(findings.newKinds()) : List.of();
		return this.lines.stream().filter((line) -> !listed.contains(line)).toList();
	}

	/** The colours of text and background. */
	String look() {
		return (this.notification.status() == ExitStatus.COMPLETE) ? "color: #1E6B3A; background: #E3F1E6;"
				: "color: #9C0006; background: #FFC7CE;";
	}

	List<String> answer() {
		Findings findings = this.notification.findings();
		return (findings != null) ? findings.answer().stream().map(NotificationText::inert).toList() : List.of();
	}

	@Nullable String link() {
		return this.notification.origin().link();
	}

	/** The tables; null where there is nothing to list. */
	List<MailTable> tables() {
		Findings findings = this.notification.findings();
		if (findings == null) {
			return List.of();
		}
		List<MailTable> tables = new ArrayList<>();
		tables.add(MailTable.of(ReportTexts.text("mail.table-codes"),
				findings.errorCodes().entrySet().stream().map(MailRow::of).toList()));
		tables.add(MailTable.of(ReportTexts.text("mail.table-kinds"),
				findings.newKinds().stream().map(MailRow::of).toList()));
		return tables.stream().filter((table) -> !table.rows().isEmpty()).toList();
	}

	/** Failed jobs by what they have in common, most first, and the sum of all. */
	record MailTable(String title, List<MailRow> rows) {

		static MailTable of(String title, List<MailRow> all) {
			List<MailRow> rows = new ArrayList<>(all.subList(0, Math.min(MOST_ROWS, all.size())));
			if (all.size() > MOST_ROWS) {
				rows.add(new MailRow(ReportTexts.text("page.more-rows", all.size() - MOST_ROWS),
						sum(all.subList(MOST_ROWS, all.size()))));
			}
			if (!all.isEmpty()) {
				rows.add(new MailRow(ReportTexts.text("table.total"), sum(all)));
			}
			return new MailTable(title, rows);
		}

		private static long sum(List<MailRow> rows) {
			return rows.stream().mapToLong(MailRow::jobs).sum();
		}

	}

	/** Jobs with a name in common. */
	record MailRow(String name, long jobs) {

		static MailRow of(Map.Entry<String, Long> code) {
			return new MailRow(NotificationText.inert(code.getKey()), code.getValue());
		}

		static MailRow of(FailureKind kind) {
			return new MailRow(NotificationText.inert(kind.jobType() + ", " + kind.errorCode()), kind.jobs());
		}

		String amount() {
			return ReportTexts.text("mail.amount", this.jobs);
		}

	}

}
