package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.notify.Chat;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of runs that cannot even begin, and what a bad listener does to one. */
class NotifyIT {

	@TempDir
	private Path directory;

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	@BeforeEach
	void ids() throws IOException {
		Files.writeString(this.directory.resolve("ids.csv"), "notify-1\nnotify-2\n");
	}

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@ParameterizedTest
	@CsvSource({ "65, nowhere.csv, audit.api.rate, 0, nowhere.csv: no such file",
			"78, ids.csv, audit.api.rate, -1, audit.api.rate",
			"69, ids.csv, spring.datasource.url, jdbc:postgresql://127.0.0.1:1/x, 127.0.0.1:1",
			"77, ids.csv, audit.account, stranger, access key" })
	void aRunThatCannotBeginIsToldOnce(int exitCode, String ids, String setting, String value, String told)
			throws IOException {
		try (Chat chat = new Chat("200 ok")) {
			AuditProcess process = process(chat).setting(setting, value);
			Ended ended = ((exitCode == 77) ? process.key("nobody", "wrong") : process).run("run", "--ids", ids);

			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
			assertThat(chat.messages()).hasSize(1);
			JsonNode message = chat.messages().get(0);
			assertThat(message.get("exitCode").intValue()).isEqualTo(exitCode);
			assertThat(message.get("failure").stringValue()).containsIgnoringCase(told);
			assertThat(ended.err()).doesNotContain("hidden");
		}
	}

	@Test
	void aListenerThatHangsChangesNothingButTheLog() throws IOException {
		try (Chat chat = new Chat("0")) {
			Ended ended = process(chat).setting("audit.notify.on", "always").run("run", "--ids", "ids.csv");

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			assertThat(ended.out()).contains("It adds up.", "failures.xlsx");
			assertThat(ended.err())
				.contains("WARN",
						"Notification failed: the webhook at 127.0.0.1 did not accept the message: Read timed out. "
								+ "The run is not affected; check audit.notify.url")
				.doesNotContain("hidden");
			assertThat(chat.messages()).hasSize(1);
		}
	}

	private AuditProcess process(Chat chat) {
		SimulatorOptions options = SimulatorOptions.defaults();
		return new AuditProcess(this.directory).database(TestPostgres.migratedDatabase())
			.key(options.accessKeyId(), options.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.store.outage-patience", "1s")
			.setting("audit.notify.url", chat.url())
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

}
