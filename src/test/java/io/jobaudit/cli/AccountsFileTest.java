package io.jobaudit.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.jobaudit.ConfigurationException;
import io.jobaudit.cli.AccountsFile.NamedAccount;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsReference;
import io.jobaudit.fetch.api.CredentialsSource.CredentialsException;
import io.jobaudit.ledger.LimitsProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccountsFileTest {

	private static final ApiProperties DEFAULTS = new Binder(
			new MapConfigurationPropertySource(Map.of("audit.api.region", "cn-shanghai")))
		.bind("audit.api", ApiProperties.class)
		.get();

	private static final LimitsProperties LIMITS = new LimitsProperties(0, null);

	@TempDir
	private Path directory;

	@Test
	void anAccountHasWhatTheFileSaysAndElseTheSettings() throws IOException {
		List<NamedAccount> accounts = read("""
				accounts:
				  - name: media-eu
				    region: eu-central-1
				    endpoint: https://ice.example
				    rate: 7.5
				    credentials: {environment: MEDIA_EU_}
				    ids: {files: [media-eu.csv]}
				    limits: {max-unreadable: 3}
				  - name: media-cn
				    credentials: {file: keys/media-cn}
				    ids: {discover: {type: ASR, from: 2026-11-01}}
				""");

		assertThat(accounts).extracting(NamedAccount::name).containsExactly("media-eu", "media-cn");
		NamedAccount europe = accounts.get(0);
		assertThat(europe.api().region()).isEqualTo("eu-central-1");
		assertThat(europe.api().target()).isEqualTo(URI.create("https://ice.example"));
		assertThat(europe.api().rate()).isEqualTo(7.5);
		assertThat(europe.limits().maxUnreadable()).isEqualTo(3);
		assertThat(europe.credentials()).isEqualTo(CredentialsReference.ENVIRONMENT);
		NamedAccount china = accounts.get(1);
		assertThat(china.api()).isEqualTo(DEFAULTS);
		assertThat(china.limits()).isEqualTo(LIMITS);
		assertThat(china.reference()).as("beside the file")
			.isEqualTo(this.directory.resolve("keys/media-cn").toString());
	}

	@ParameterizedTest
	@CsvSource({ "accounts.sample.yml, 3", "kubernetes/workers/accounts.yml, 1" })
	void aSampleCanBeRead(String file, int accounts) {
		assertThat(new AccountsFile(Path.of("config", file)).read(DEFAULTS, LIMITS)).hasSize(accounts);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					name: a | accounts.yml:2:5: missing key "credentials"
					nmae: a | accounts.yml:2:5: unknown key "nmae"; did you mean "name"?
					name: a b | accounts.yml:2:11: a name takes letters, digits, dots, dashes and underscores, but got "a b"
					{name: a, rate: fast} | accounts.yml:2:21: rate takes a number, but got "fast"
					{name: a, rate: -1} | accounts.yml:2:5: audit.api.rate takes calls per second, or 0 for no limit, but got -1.0
					{name: a, credentials: {key: x}} | accounts.yml:2:29: unknown key "key"; did you mean "oidc"?
					{name: a, credentials: {profile: x, oidc: y}} | accounts.yml:2:28: expected exactly one key, but found 2
					{name: a, credentials: {profile: x}, ids: {files: x}} | accounts.yml:2:55: expected a list
					{name: a, credentials: {profile: x}, ids: {discover: {from: monday}}} | accounts.yml:2:65: from takes a day, e.g. 2026-11-01, but got "monday"
					{name: a, name: b} | accounts.yml:2:15: duplicate key "name"
					[a | accounts.yml:3:1: invalid YAML: expected ',' or ']', but got <stream end>
					""")
	void aFaultNamesItsLineAndColumn(String account, String message) {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> read("accounts:\n  - " + account + "\n"))
			.withMessage(this.directory.resolve(message).toString());
	}

	@Test
	void twoAccountsHaveTwoNames() {
		String account = "  - {name: a, credentials: {profile: x}, ids: {files: [x]}}\n";

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> read("accounts:\n" + account + account))
			.withMessageEndingWith("accounts.yml:3:5: the account \"a\" is named twice");
	}

	@Test
	void aKeyIsReadFromAFileWithTheNamesOfTheEnvironment() throws IOException {
		Path file = Files.writeString(this.directory.resolve("key"),
				"ALIBABA_CLOUD_ACCESS_KEY_ID=id\nALIBABA_CLOUD_ACCESS_KEY_SECRET=secret\n");

		assertThat(CredentialsReference.FILE.source(file.toString()).get().accessKeySecret()).isEqualTo("secret");
	}

	@Test
	void aKeyThatIsNotThereIsNamed() {
		assertThatExceptionOfType(CredentialsException.class)
			.isThrownBy(() -> CredentialsReference.ENVIRONMENT.source("NO_SUCH_").get())
			.withMessage("no cloud credentials: check credentials: {environment: NO_SUCH_}"
					+ " (NO_SUCH_ALIBABA_CLOUD_ACCESS_KEY_ID is not set)");
	}

	private List<NamedAccount> read(String text) throws IOException {
		Path file = Files.writeString(this.directory.resolve("accounts.yml"), text);
		return new AccountsFile(file).read(DEFAULTS, LIMITS);
	}

}
