package io.jobaudit.notify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.batch.StopRequest.Reason;
import io.jobaudit.notify.Findings.FailureKind;
import io.jobaudit.notify.Findings.PreviousList;
import io.jobaudit.notify.NotifyProperties.Occasion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How long a run waits for its notification, and what can go wrong with it. */
@Timeout(4)
@ExtendWith(OutputCaptureExtension.class)
class NotifierTest {

	private final StopRequest stop = new StopRequest();

	@Test
	void aRunOutOfTimeDoesNotWaitForAListenerThatHangs(CapturedOutput output) throws IOException {
		this.stop.request(Reason.DEADLINE);
		try (Chat chat = new Chat("0")) {
			notifier(chat).send(() -> RunNotifications.of(75, List.of(), null), this.stop);

			assertThat(output.getAll())
				.contains("Notification failed: timed out. The run is not affected; check audit.notify.url");
		}
	}

	@Test
	void aSignalOfACompleteRunEndsTheWait() throws IOException {
		try (Chat chat = new Chat("0")) {
			notifier(chat).send(() -> {
				this.stop.request(Reason.TERMINATED);
				return RunNotifications.of(0, List.of(new FailureKind("ASR", "E1", 1)), null);
			}, this.stop);

			assertThat(chat.messages()).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void anErrorInTheNotificationIsLogged(CapturedOutput output) throws IOException {
		try (Chat chat = new Chat("200 ok")) {
			notifier(chat).send(() -> {
				throw new NoClassDefFoundError("x/y");
			}, this.stop);

			assertThat(output.getAll())
				.contains("Notification failed: x/y. The run is not affected; check the directory of the reports");
		}
	}

	@ParameterizedTest
	@CsvSource({ "495, true", "660, true", "661, false", "1979, false", "1980, true", ", false" })
	void aListThatHasShrunkOrGrownByHalfIsAChange(@Nullable Long before, boolean change) {
		PreviousList previous = (before != null) ? new PreviousList(16, before) : null;
		RunNotification notification = RunNotifications.of(0, RunNotifications.findings(List.of(), previous), null);

		assertThat(notification.isWanted(Occasion.CHANGE)).isEqualTo(change);
		assertThat(notification.isWanted(Occasion.FAILURE)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://x.example", "x.example/{run}", "https://x.example/{runn}", "https:///{run}",
			"https://x.example/{run" })
	void aLinkThatIsNoUrlIsRefused(String link) {
		MockEnvironment environment = new MockEnvironment().withProperty("audit.notify.link", link);

		assertThatThrownBy(() -> Binder.get(environment).bindOrCreate("audit.notify", NotifyProperties.class))
			.hasRootCauseMessage("audit.notify.link must be an http or https URL, in which only {run}, {account} and"
					+ " {region} are replaced, e.g. https://reports.example/{account}/run-{run}/summary.html");
	}

	@Test
	void whatIsUnknownIsSent() throws IOException {
		try (Chat chat = new Chat("200 ok")) {
			notifier(chat).send(() -> RunNotifications.of(0, (Findings) null, Path.of("/reports")), this.stop);

			assertThat(chat.messages()).singleElement()
				.satisfies((message) -> assertThat(message.get("newKinds").isNull()).isTrue());
		}
	}

	@Test
	void blankSettingsSendNothing() {
		MockEnvironment blank = new MockEnvironment().withProperty("audit.notify.url", "")
			.withProperty("audit.notify.secret", "")
			.withProperty("audit.notify.link", "")
			.withProperty("audit.notify.mail.to", "");
		NotifyProperties properties = Binder.get(blank).bindOrCreate("audit.notify", NotifyProperties.class);

		assertThat(properties.url()).isNull();
		assertThat(properties.secret()).isNull();
		assertThat(properties.link()).isNull();
		assertThat(properties.mail().to()).isEmpty();
	}

	private static Notifier notifier(Chat chat) {
		MockEnvironment environment = new MockEnvironment();
		URI url = chat.url();
		environment.setProperty("audit.notify.url", url.toString());
		return new Notifier(Binder.get(environment).bindOrCreate("audit.notify", NotifyProperties.class),
				ReportTexts.EN, null, () -> {
					throw new IllegalStateException("no mail is to be sent");
				}, Duration.ofMillis(300));
	}

}
