package io.jobaudit.notify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

import javax.sql.DataSource;

import io.jobaudit.AuditException;
import io.jobaudit.ReportTexts;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.ReadPage;
import io.jobaudit.report.RealisticRun;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The mail about a stored run, from its reports alone. */
class MailPreviewTest {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void theMailOfAStoredRunSaysWhatItsReportsSay() throws Exception {
		// given
		DataSource database = TestPostgres.migratedDatabase();
		Path reports = new ReportWriter(database,
				new ReportProperties(this.directory, ZoneId.of("UTC"), Path.of("none"), "cost_centre",
						Duration.ofHours(24), false, ReportTexts.EN),
				FocusProperties.standard(), BudgetProperties.standard(), BookingProperties.standard())
			.write(RealisticRun.seed(database, 300), () -> false)
			.directory();
		Path file = this.directory.resolve("mail.html");
		// when
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			TestPropertyValues.of("audit.notify.link=https://reports.example/{run}").applyTo(context);
			MailPreview.of(reports, context).writeTo(file);
		}
		// then
		List<String> texts = ReadPage.all(ReadPage.of(file).document().getDocumentElement(), "p")
			.map(Element::getTextContent)
			.toList();
		assertThat(texts).contains("exit code 3: complete, too many unreadable ids", "https://reports.example/1",
				"309 ids = 300 fetched + 9 unreadable");
		assertThat(texts.get(0)).startsWith("Run 1 asked for 309 ids and found 300 jobs.");
		assertThat(Files.readString(reports.resolve("summary.html"))).contains(texts.get(0), texts.get(1),
				texts.get(2));
	}

	@Test
	void aFileThatCannotBeWrittenIsNamed() {
		Path file = this.directory.resolve("missing/mail.html");

		assertThatThrownBy(() -> new MailPreview("").writeTo(file)).isInstanceOf(AuditException.class)
			.hasMessageStartingWith("cannot write the mail to " + file);
	}

}
