package io.jobaudit.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
record MailBody(NotificationText content, String verdict, List<String> lines) {

	private static final HtmlTemplate TEMPLATE = HtmlTemplate.of(MailBody.class, "mail.html");

	private static final int MOST_ROWS = 10;

	static MailBody of(NotificationText content, List<String> notAttached) {
		List<String> all = content.lines();
		List<String> lines = new ArrayList<>(all.subList(1, all.size()));
		lines.addAll(notAttached);
		return new MailBody(content, all.get(0), lines);
	}

	String html() {
		return TEMPLATE.fill(this, this.content.texts());
	}

	String text() {
		StringBuilder text = new StringBuilder(headline() + "\n\n");
		answer().forEach((sentence) -> text.append(sentence).append('\n'));
		text.append(answer().isEmpty() ? "" : "\n").append(this.verdict).append('\n');
		this.lines.forEach((line) -> text.append(line).append('\n'));
		return text.append((link() != null) ? "\n" + link() + "\n" : "").toString();
	}

	String headline() {
		return this.content.headline();
	}

	/** What explains the verdict, besides the tables. */
	List<String> explanations() {
		Findings findings = this.content.notification().findings();
		List<String> listed = (findings != null) ? this.content.kinds(findings.newKinds()) : List.of();
		return this.lines.stream().filter((line) -> !listed.contains(line)).toList();
	}

	/** The colours of text and background. */
	String look() {
		return (this.content.notification().status() == ExitStatus.COMPLETE) ? "color: #1E6B3A; background: #E3F1E6;"
				: "color: #9C0006; background: #FFC7CE;";
	}

	List<String> answer() {
		Findings findings = this.content.notification().findings();
		return (findings != null) ? findings.answer(this.content.texts()).stream().map(NotificationText::inert).toList()
				: List.of();
	}

	@Nullable String link() {
		return this.content.notification().origin().link();
	}

	/** The tables; null where there is nothing to list. */
	List<MailTable> tables() {
		Findings findings = this.content.notification().findings();
		if (findings == null) {
			return List.of();
		}
		ReportTexts texts = this.content.texts();
		List<MailTable> tables = new ArrayList<>();
		tables.add(MailTable.of(texts.text("mail.table-codes"),
				findings.errorCodes().entrySet().stream().map((code) -> MailRow.of(code, texts)).toList(), texts));
		tables.add(MailTable.of(texts.text("mail.table-kinds"),
				findings.newKinds().stream().map((kind) -> MailRow.of(kind, texts)).toList(), texts));
		return tables.stream().filter((table) -> !table.rows().isEmpty()).toList();
	}

	/** Failed jobs by what they have in common, most first, and the sum of all. */
	record MailTable(String title, List<MailRow> rows) {

		static MailTable of(String title, List<MailRow> all, ReportTexts texts) {
			List<MailRow> rows = new ArrayList<>(all.subList(0, Math.min(MOST_ROWS, all.size())));
			if (all.size() > MOST_ROWS) {
				rows.add(new MailRow(texts.text("page.more-rows", all.size() - MOST_ROWS),
						sum(all.subList(MOST_ROWS, all.size()))));
			}
			if (!all.isEmpty()) {
				rows.add(new MailRow(texts.text("table.total"), sum(all)));
			}
			return new MailTable(title, rows);
		}

		private static long sum(List<MailRow> rows) {
			return rows.stream().mapToLong(MailRow::jobs).sum();
		}

	}

	/** Jobs with a name in common. */
	record MailRow(String name, long jobs) {

		static MailRow of(Map.Entry<String, Long> code, ReportTexts texts) {
			return new MailRow(NotificationText.inert(texts.nothing(code.getKey())), code.getValue());
		}

		static MailRow of(FailureKind kind, ReportTexts texts) {
			String name = texts.nothing(kind.jobType()) + texts.text("text.comma") + texts.nothing(kind.errorCode());
			return new MailRow(NotificationText.inert(name), kind.jobs());
		}

		String amount() {
			return String.format(Locale.ROOT, "%,d", this.jobs);
		}

	}

}
