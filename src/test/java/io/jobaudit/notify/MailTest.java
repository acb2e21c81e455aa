package io.jobaudit.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.notify.Findings.FailureKind;
import io.jobaudit.report.ReadPage;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.unit.DataSize;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Mails as a real SMTP server receives them. */
class MailTest {

	@TempDir
	private Path reports = Path.of("");

	private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

	@BeforeEach
	void start() throws IOException {
		this.server.start();
		this.server.setUser("ops", "secret");
		Files.write(this.reports.resolve("failures.xlsx"), bytes(30_000));
		Files.write(this.reports.resolve("token-spend.xlsx"), bytes(50_000));
		Files.write(this.reports.resolve("failed-jobs.csv"), bytes(10));
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void theAnswerIsTheTextAndTheWorkbooksAreAttachedByteForByte() throws Exception {
		MimeMessage mail = sent(DataSize.ofKilobytes(100), RunNotifications.of(2, List.of(), this.reports));

		assertThat(mail.getSubject())
			.isEqualTo("job-audit: run 17, account default: complete, a limit of yours is passed, 150 failed jobs");
		assertThat(mail.getFrom()[0]).hasToString("audit@corp.example");
		assertThat(mail.getAllRecipients()).extracting(Object::toString)
			.containsExactly("a@corp.example", "b@corp.example");
		List<BodyPart> parts = parts(mail);
		assertThat(text(parts, "text/plain")).startsWith(mail.getSubject() + """


				Run 17 asked for 990 ids.
				150 jobs failed.
				Spend CNY 1,012.35.

				exit code 2: complete, a limit of yours is passed
				""")
			.contains("950 fetched + 35 not found + 5 unreadable", "1,234,567 tokens, spend CNY 1,012.35 + JPY 1,201");
		ReadPage page = ReadPage.of(text(parts, "text/html"));
		assertThat(texts(page, "p")).startsWith("Run 17 asked for 990 ids.", "150 jobs failed.", "Spend CNY 1,012.35.",
				"exit code 2: complete, a limit of yours is passed",
				"host audit-1, account default, region cn-shanghai, duration 0:43:10");
		assertThat(texts(page, "tr")).contains("NoVoice80", "Total150");
		for (String name : List.of("failures.xlsx", "token-spend.xlsx")) {
			assertThat(attachment(parts, name)).isEqualTo(Files.readAllBytes(this.reports.resolve(name)));
			assertThat(type(parts, name))
				.startsWith("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;");
		}
		assertThat(parts.stream().filter((part) -> disposition(part).equals(Part.ATTACHMENT))).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "0, true", "2, false", "69, false" })
	void theVerdictIsGreenOnlyWhenNothingIsWrong(int exitCode, boolean isGood) throws Exception {
		List<BodyPart> parts = parts(
				sent(DataSize.ofMegabytes(1), RunNotifications.of(exitCode, List.of(), this.reports)));

		assertThat(text(parts, "text/html").contains("background: #E3F1E6")).isEqualTo(isGood);
		assertThat(text(parts, "text/html").contains("background: #FFC7CE")).isEqualTo(!isGood);
	}

	@Test
	void aMailIsSmallAndHasWhatMailProgramsKeep() throws Exception {
		// given more kinds than anybody reads, with texts that are no markup
		List<FailureKind> kinds = IntStream.rangeClosed(1, 400)
			.mapToObj((kind) -> new FailureKind("Type " + kind, RunNotifications.HOSTILE, kind))
			.toList();
		// when
		String html = text(parts(sent(DataSize.ofMegabytes(1), RunNotifications.of(0, kinds, this.reports))),
				"text/html");
		// then
		assertThat(html.getBytes(StandardCharsets.UTF_8)).as("a large mail service cuts at 102 KB")
			.hasSizeLessThan(20_000);
		ReadPage page = ReadPage.of(html);
		assertThat(texts(page, "tr")).contains("and 390 more80,145", "Total80,200");
		assertThat(names(page)).isSubsetOf("html", "head", "meta", "title", "body", "table", "tr", "td", "p", "span",
				"a", "caption");
	}

	@Test
	void aMailLeadsToTheReportsAndWantsNoAutomaticReply() throws Exception {
		MimeMessage mail = sent(DataSize.ofMegabytes(1),
				RunNotifications.of(0, List.of(), this.reports).linkedTo("https://reports.example/run-{run}?a=1&b=2"));

		assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(text(parts(mail), "text/plain")).endsWith("\nhttps://reports.example/run-17?a=1&b=2\n");
		assertThat(text(parts(mail), "text/html")).contains(
				"<a href=\"https://reports.example/run-17?a=1&amp;b=2\">https://reports.example/run-17?a=1&amp;b=2</a>");
	}

	@Test
	void whatIsTooLargeIsNamedInsteadOfAttached() throws Exception {
		List<BodyPart> parts = parts(sent(DataSize.ofKilobytes(40), RunNotifications.of(0, List.of(), this.reports)));

		assertThat(parts.stream().filter((part) -> disposition(part).equals(Part.ATTACHMENT))).hasSize(1);
		assertThat(attachment(parts, "failures.xlsx")).hasSize(30_000);
		assertThat(text(parts, "text/plain"))
			.contains("not attached because of audit.notify.mail.max-attachments (" + DataSize.ofKilobytes(40) + "): "
					+ this.reports.resolve("token-spend.xlsx"))
			.doesNotContain("failures.xlsx");
	}

	@Test
	void withoutReportsItIsATextAndNothingInItIsAHeader() throws Exception {
		MimeMessage mail = sent(DataSize.ofMegabytes(1),
				RunNotification.notOpened(new Account(RunNotifications.HOSTILE), "cn-shanghai", ExitStatus.UNAVAILABLE,
						RunNotifications.HOSTILE));

		assertThat(mail.getSubject()).startsWith("job-audit: run not opened, account <!channel>").doesNotContain("\n");
		assertThat(mail.getHeader("Bcc")).isNull();
		assertThat(this.server.getReceivedMessages()).as("one for each of the two who get it").hasSize(2);
		assertThat(text(parts(mail), "text/plain")).contains("exit code 69: API or database unavailable");
	}

	@Test
	void timeoutsAndTheServerHaveDefaults() {
		JavaMailSenderImpl plain = sender();
		JavaMailSenderImpl encrypted = sender("spring.mail.host=smtp.corp.example", "spring.mail.protocol=smtps",
				"spring.mail.properties.mail.smtps.timeout=60000");

		assertThat(plain.getHost()).isEqualTo("localhost");
		assertThat(plain.getJavaMailProperties()).containsEntry("mail.smtp.connectiontimeout", "10000")
			.containsEntry("mail.smtp.timeout", "10000")
			.containsEntry("mail.smtp.writetimeout", "10000");
		assertThat(encrypted.getHost()).isEqualTo("smtp.corp.example");
		assertThat(encrypted.getJavaMailProperties()).containsEntry("mail.smtps.connectiontimeout", "10000")
			.containsEntry("mail.smtps.timeout", "60000")
			.containsEntry("mail.smtps.writetimeout", "10000");
	}

	@Test
	void aServerThatIsUnavailableIsAFailure() {
		Mailer mailer = mailer(DataSize.ofMegabytes(1), "secret");
		this.server.stop();

		assertThatThrownBy(() -> mailer.send(RunNotifications.inEnglish(RunNotifications.of(0, List.of(), null))))
			.isInstanceOf(IOException.class)
			.hasMessage("the mail cannot be sent: Connection refused");
	}

	@Test
	void aServerThatWantsAnotherPasswordIsAFailure() {
		assertThatThrownBy(() -> mailer(DataSize.ofMegabytes(1), "wrong")
			.send(RunNotifications.inEnglish(RunNotifications.of(0, List.of(), null)))).isInstanceOf(IOException.class)
			.hasCauseInstanceOf(MailException.class)
			.hasMessageContaining("the mail cannot be sent: 535")
			.hasMessageNotContaining("Exception");
	}

	private MimeMessage sent(DataSize most, RunNotification notification) throws Exception {
		mailer(most, "secret").send(RunNotifications.inEnglish(notification));
		return this.server.getReceivedMessages()[0];
	}

	private Mailer mailer(DataSize most, String password) {
		NotifyProperties.Mail mail = new NotifyProperties.Mail(List.of("a@corp.example", "b@corp.example"),
				"audit@corp.example", most);
		return new Mailer(mail,
				sender("spring.mail.host=127.0.0.1", "spring.mail.port=" + this.server.getSmtp().getPort(),
						"spring.mail.username=ops", "spring.mail.password=" + password,
						"spring.mail.properties.mail.smtp.auth=true"));
	}

	/** The sender that the application has with some settings. */
	private static JavaMailSenderImpl sender(String... settings) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			new ConfigDataApplicationContextInitializer().initialize(context);
			TestPropertyValues.of(settings).applyTo(context);
			context.register(MailSenderAutoConfiguration.class);
			context.refresh();
			return context.getBean(JavaMailSenderImpl.class);
		}
	}

	private static List<String> texts(ReadPage page, String element) {
		return ReadPage.all(page.document().getDocumentElement(), element)
			.map(Element::getTextContent)
			.map(String::strip)
			.toList();
	}

	private static List<String> names(ReadPage page) {
		return ReadPage.all(page.document().getDocumentElement(), "*").map(Element::getTagName).toList();
	}

	private static List<BodyPart> parts(Part part) throws MessagingException, IOException {
		List<BodyPart> parts = new ArrayList<>();
		if (part.getContent() instanceof Multipart several) {
			for (int i = 0; i < several.getCount(); i++) {
				parts.addAll(parts(several.getBodyPart(i)));
			}
		}
		else if (part instanceof BodyPart body) {
			parts.add(body);
		}
		return parts;
	}

	private static String text(List<BodyPart> parts, String type) throws MessagingException, IOException {
		for (BodyPart part : parts) {
			if (part.isMimeType(type)) {
				return part.getContent().toString().replace("\r\n", "\n");
			}
		}
		throw new AssertionError("no part is " + type);
	}

	private static byte[] attachment(List<BodyPart> parts, String name) throws MessagingException, IOException {
		for (BodyPart part : parts) {
			if (name.equals(part.getFileName())) {
				return part.getInputStream().readAllBytes();
			}
		}
		throw new AssertionError("no part is called " + name);
	}

	private static String type(List<BodyPart> parts, String name) throws MessagingException {
		for (BodyPart part : parts) {
			if (name.equals(part.getFileName())) {
				return part.getContentType();
			}
		}
		throw new AssertionError("no part is called " + name);
	}

	private static String disposition(BodyPart part) {
		try {
			@Nullable String disposition = part.getDisposition();
			return (disposition != null) ? disposition : "";
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

}
