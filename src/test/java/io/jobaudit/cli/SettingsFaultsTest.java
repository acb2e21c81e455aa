package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.cli.settings.EffectiveSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The settings as a command reads them, from files and the command line. */
@ExtendWith(WithoutLogging.class)
class SettingsFaultsTest {

	@TempDir
	private Path directory;

	private final List<String> given = new ArrayList<>(List.of("--audit.api.region=cn-shanghai"));

	@Test
	void validSettingsHaveNoFault() {
		assertThat(SettingsFaults.of(this.given)).isEmpty();
	}

	@Test
	void everyFaultIsListedAlsoSeveralOfOneSection() throws Exception {
		Files.createDirectories(this.directory.resolve("report/failures"));
		Files.writeString(this.directory.resolve("report/failures/workbook.yml"), "sheets:\n  - {naem: x}\n");
		Path prices = Files.writeString(this.directory.resolve("prices.csv"),
				"job_type,currency,price_per_1000_tokens,valid_from,valid_to,note\nASR,CNY,x,2026-01-01,,\n");
		this.given.clear();
		this.given.add("--audit.report.definitions=" + this.directory.resolve("report"));
		this.given.add("--audit.prices.file=" + prices);
		this.given.add("--audit.ids.datasource.url=jdbc:nosuch://x");
		read("""
				audit:
				  embedded-database: refuse
				  api: {rate: 20/s, rte: 7, concurrency: 0, max-answer-size: big, connect-timeout: 0s, proxy: 'ftp://x'}
				  retry: {delay: 1m, max-delay: 1s, max-retries: many}
				  report: {zone: CST, stuck-after: -1h, language: de}
				  notify: {on: always, format: irc}
				audits: {account: x}
				spring: {mail: {port: abc}, datasource: {url: '', hikari: {maximum-pool-size: x}}}
				""");

		List<String> faults = SettingsFaults.of(this.given);

		assertThat(faults).as("the same setting once").hasSize(21).doesNotHaveDuplicates();
		assertThat(String.join("\n", faults)).contains("unknown setting audit.api.rte (", "application.yml:3)",
				"unknown setting audit.notify[true]", "unknown setting audits.account", "audit.api.region is required",
				"audit.api.rate takes a number", "audit.api.concurrency takes 1 to 1000",
				"audit.api.max-answer-size takes a size", "audit.api.connect-timeout takes a duration longer than 0",
				"audit.api.proxy takes the URL", "audit.retry.max-retries takes a whole number", "audit.retry.delay",
				"audit.report.language takes one of en, zh-cn", "audit.report.zone takes a time zone",
				"audit.report.stuck-after takes a duration",
				"audit.notify.format takes one of json, dingtalk, feishu, slack, teams, wecom",
				"spring.mail.port takes a whole number",
				"spring.datasource.hikari.maximum-pool-size takes a whole number", "audit.embedded-database is refuse",
				"audit.ids.datasource.url starts with jdbc:nosuch:", "prices.csv, line 2", "workbook.yml");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					audit:\\n  api:\\n\\trate: 3\\n           | application.yml, line 3: the file is not YAML: found character
					audit:\\n  api: 1\\naudit:\\n  api: 2\\n  | application.yml, line 3: the file is not YAML: found duplicate key audit
					audit: {api: {rate: 3}                    | application.yml, line 2: the file is not YAML
					""")
	void aFileThatIsNotYamlIsNamedWithTheLine(String content, String said) throws Exception {
		read(content.replace("\\n", "\n").replace("\\t", "\t") + "\n");

		assertThat(SettingsFaults.of(this.given)).singleElement()
			.asString()
			.contains(said)
			.doesNotContain("reader", "Exception");
	}

	@Test
	void eachSettingIsShownWithItsOriginAndWithoutSecrets() throws Exception {
		read("""
				audit:
				  account: prod
				  notify:
				    url: https://hooks.example/services/T0/SECRET
				    mail: {to: [a@b.example, c@d.example]}
				  ids: {datasource: {url: 'jdbc:mariadb://u:SECRET@shop/jobs?password=SECRET'}}
				spring: {datasource: {password: SECRET}, mail: {properties: {mail.smtp.auth: true}}}
				management.otlp.metrics.export.headers: {authorization: SECRET}
				""");
		this.given.add("--audit.api.proxy=http://u:SECRET@proxy.example:3128");

		List<EffectiveSetting> shown = EffectiveSetting.all(Application.environment(this.given));

		String file = this.directory.resolve("application.yml").toString();
		assertThat(shown).contains(new EffectiveSetting("audit.account", "prod", file + ":2"),
				new EffectiveSetting("audit.api.region", "cn-shanghai", "command line"),
				new EffectiveSetting("audit.api.rate", "20", "default"),
				new EffectiveSetting("audit.api.endpoint", null, "not set"),
				new EffectiveSetting("audit.notify.url", "https://hooks.example/***", file + ":4"),
				new EffectiveSetting("audit.notify.mail.to", "a@b.example, c@d.example", file + ":5"),
				new EffectiveSetting("audit.api.proxy", "http://***@proxy.example:3128", "command line"),
				new EffectiveSetting("spring.datasource.password", "***", file + ":7"),
				new EffectiveSetting("spring.mail.properties.mail.smtp.auth", "true", file + ":7"),
				new EffectiveSetting("management.otlp.metrics.export.headers.authorization", "***", file + ":8"));
		assertThat(shown).extracting(EffectiveSetting::name)
			.containsAll(CommandLineAccess.settings())
			.doesNotHaveDuplicates();
		assertThat(shown.toString()).doesNotContain("SECRET");
	}

	/** The only file of settings. */
	private void read(String content) throws Exception {
		Path file = Files.writeString(this.directory.resolve("application.yml"), content);
		this.given.add("--spring.config.location=classpath:/,file:" + file);
	}

}
