package io.jobaudit.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.MaskedUrl;
import io.jobaudit.RunId;
import io.jobaudit.billing.PriceLoader;
import io.jobaudit.cli.AccountsFile.NamedAccount;
import io.jobaudit.cli.DoctorCommand.CheckResult;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.fetch.AccountClients;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ids.IdQuery;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.metrics.MetricsProperties;
import io.jobaudit.notify.Notifier;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.DatabaseRequirements;
import io.jobaudit.store.DatabaseUrl;
import io.jobaudit.store.SchemaMigration;
import io.jobaudit.store.SchemaRole;
import io.jobaudit.store.SchemaVersion;
import io.jobaudit.store.StoreProperties;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The doctor's checks, in the order in which a run needs what they check. */
final class HealthChecks {

	private static final List<String> WRITTEN = List.of("audit.audit_run", "audit.audit_item_row", "audit.smart_job",
			"audit.audit_input", "audit.audit_rejected_line", "audit.price", "batch.batch_job_instance",
			"batch.batch_job_execution", "batch.batch_step_execution");

	private final ConfigurableApplicationContext context;

	private final List<CheckResult> results = new ArrayList<>();

	/** How much this machine's clock differs from the API's; null if it is unknown. */
	private @Nullable Duration skewToApi;

	/** Whether the tables are those of this release. */
	private boolean hasTables;

	private HealthChecks(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Makes all checks, except those that need what an earlier check has found missing,
	 * so that one fault is one line.
	 * @param accounts file of accounts, null for none
	 */
	static List<CheckResult> all(ConfigurableApplicationContext context, @Nullable Path accounts) {
		return new HealthChecks(context).all(accounts);
	}

	private List<CheckResult> all(@Nullable Path accounts) {
		List<String> faults = SettingsFaults.ofValues(this.context.getEnvironment());
		faults.forEach((fault) -> check("settings", () -> CheckResult.failed(ExitStatus.CONFIGURATION, fault)));
		if (faults.isEmpty()) {
			check("settings", this::settings);
		}
		check("credentials", this::credentials);
		check("API", this::api);
		if (accounts != null) {
			accounts(accounts);
		}
		boolean connected = check("database", this::database) && DatabaseUrl.isSet(this.context.getEnvironment());
		check("clock", () -> clock(connected));
		if (connected) {
			check("tables", this::tables);
		}
		if (this.hasTables) {
			check("rights", this::rights);
			check("lock", this::lock);
			check("definitions", this::definitions);
		}
		check("prices", this::prices);
		check("ids query", this::idsQuery);
		check("reports", this::reports);
		check("disk", this::disk);
		check("metrics", this::metrics);
		check("webhook", this::webhook);
		check("mail", this::mail);
		return this.results;
	}

	/**
	 * Makes a check that fails as a run would: what it throws is its finding. It returns
	 * null when there is nothing to check.
	 * @return whether it has not failed
	 */
	private boolean check(String name, Callable<@Nullable CheckResult> check) {
		CheckResult found;
		try {
			found = check.call();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			found = CheckResult.failed(ExitStatus.INTERNAL, "interrupted");
		}
		catch (Exception ex) {
			found = CheckResult.failed(Failures.statusOf(ex), Failures.describe(ex));
		}
		if (found == null) {
			return true;
		}
		String finding = found.finding();
		if (this.results.stream().noneMatch((earlier) -> earlier.finding().contains(finding))) {
			this.results.add(found.named(name));
		}
		return found.status() == ExitStatus.COMPLETE;
	}

	private CheckResult settings() {
		ApiProperties api = bean(ApiProperties.class);
		String finding = "account %s, region %s, %s calls/s, %d in flight".formatted(store().account(), api.region(),
				api.rate(), api.concurrency());
		return String.valueOf(api.region()).contains("-") ? CheckResult.ok(finding) : CheckResult
			.warning(finding + "; regions are like cn-shanghai, and in a wrong region all jobs are unknown");
	}

	private CheckResult credentials() {
		try (AccountClient client = AuditCommand.client(this.context)) {
			return CheckResult.ok("access key " + client.accessKeyId());
		}
	}

	private CheckResult api() throws InterruptedException {
		try (AccountClient client = AuditCommand.client(this.context)) {
			return answer(client, bean(ApiProperties.class).target().toString());
		}
	}

	private CheckResult answer(AccountClient client, String target) throws InterruptedException {
		Optional<String> fault = client.probe((date) -> this.skewToApi = Duration.between(date, Instant.now()));
		return fault
			.map((what) -> CheckResult.failed(ExitStatus.UNAVAILABLE,
					target + " does not answer: " + what + "; check the network, the endpoint and the certificate"))
			.orElseGet(() -> CheckResult.ok(target + " answers a signed call"));
	}

	private void accounts(Path file) {
		List<NamedAccount> named = new ArrayList<>();
		check("accounts", () -> {
			named.addAll(new AccountsFile(file).read(bean(ApiProperties.class), bean(LimitsProperties.class)));
			return CheckResult.ok("%s names %d".formatted(file, named.size()));
		});
		named.forEach((account) -> check("account", () -> account(account)));
	}

	private CheckResult account(NamedAccount named) throws InterruptedException {
		try (AccountClient client = bean(AccountClients.class).of(new Account(named.name()), named.api(),
				named.credentials().source(named.reference()), Lane.ALONE)) {
			return answer(client,
					"%s, access key %s: %s".formatted(named.name(), client.accessKeyId(), named.api().target()));
		}
		catch (AuditException ex) {
			return CheckResult.failed(ex.status(), named.name() + ": " + ex.getMessage());
		}
	}

	private CheckResult database() {
		if (!DatabaseUrl.isSet(this.context.getEnvironment())) {
			store().requireDatabase(this.context.getEnvironment());
			return store().embeddedNote(this.context.getEnvironment())
				.map((note) -> CheckResult.warning("a run writes into " + note))
				.orElseGet(() -> CheckResult.ok("embedded, in " + store().dataDirectory().toAbsolutePath()));
		}
		DatabaseRequirements.check(bean(DataSource.class));
		if (jdbc().sql("select current_setting('transaction_read_only')::boolean").query(Boolean.class).single()) {
			return CheckResult.failed(ExitStatus.UNAVAILABLE,
					"is read-only: a standby, or default_transaction_read_only; connect to the primary");
		}
		return CheckResult.ok(
				jdbc()
					.sql("select split_part(version(), ' on ', 1) || ' as ' || current_user || ', encoding '"
							+ " || current_setting('server_encoding')")
					.query(String.class)
					.single());
	}

	/** The API compares the time of a call with its own; workers use the database's. */
	private @Nullable CheckResult clock(boolean connected) {
		Map<String, Duration> skews = new LinkedHashMap<>();
		if (this.skewToApi != null) {
			skews.put("API's", this.skewToApi.abs());
		}
		if (connected) {
			OffsetDateTime server = jdbc().sql("select clock_timestamp()").query(OffsetDateTime.class).single();
			skews.put("database's", Duration.between(server.toInstant(), Instant.now()).abs());
		}
		if (skews.isEmpty()) {
			return null;
		}
		String finding = "differs from " + skews.entrySet()
			.stream()
			.map((skew) -> "the %s by %d s".formatted(skew.getKey(), skew.getValue().toSeconds()))
			.collect(Collectors.joining(", from "));
		Duration largest = Collections.max(skews.values());
		if (largest.compareTo(Duration.ofMinutes(15)) > 0) {
			return CheckResult.failed(ExitStatus.CONFIGURATION,
					finding + "; the API allows 15 minutes: set this machine's clock");
		}
		return (largest.compareTo(Duration.ofMinutes(1)) > 0)
				? CheckResult.warning(finding + "; workers use the database's clock") : CheckResult.ok(finding);
	}

	private CheckResult tables() {
		Flyway flyway = bean(Flyway.class);
		SchemaMigration.require(flyway);
		SchemaVersion version = SchemaVersion.of(flyway);
		this.hasTables = version.pending().isEmpty();
		if (!this.hasTables) {
			return CheckResult.warning("%s: the next command as %s migrates it; see job-audit migrate --dry-run"
				.formatted(version, SchemaRole.of(flyway).name()));
		}
		return version.isNewer() ? CheckResult.warning(version + ": see Upgrade in OPERATIONS")
				: CheckResult.ok("version %s, that of this release".formatted(version.needed()));
	}

	private CheckResult rights() {
		List<String> missing = jdbc()
			.sql("""
					select t || ' (' || string_agg(r, ', ' order by r) || ')' from unnest(?::text[]) as t, unnest(array['select', 'insert', 'update']) as r
					where to_regclass(t) is not null and not has_table_privilege(t, r)
					and (r <> 'update' or t not in ('audit.audit_rejected_line', 'audit.audit_input', 'audit.price', 'batch.batch_job_instance'))
					group by t order by t
					""")
			.param(WRITTEN.toArray(String[]::new))
			.query((row, number) -> row.getString(1))
			.list();
		if (!missing.isEmpty()) {
			return CheckResult.failed(ExitStatus.PERMISSION, "no permission to write " + String.join(", ", missing)
					+ "; grant job_audit_writer, see sql/roles.sql");
		}
		boolean temporary = jdbc().sql("select has_database_privilege(current_database(), 'temporary')")
			.query(Boolean.class)
			.single();
		return temporary ? CheckResult.ok("sufficient for a run") : CheckResult
			.warning("sufficient for a run, but reports are slower without temporary tables; run sql/roles.sql again");
	}

	private CheckResult lock() {
		return Ledger.lockHolder(jdbc(), store().account())
			.map((holder) -> CheckResult.failed(ExitStatus.NOT_NOW, "held by a run, wait for it: " + holder))
			.orElseGet(() -> CheckResult.ok("free"));
	}

	private CheckResult definitions() {
		bean(ReportWriter.class).requireAllUsableQueries();
		return CheckResult.ok("all queries are valid");
	}

	private CheckResult prices() {
		if (this.hasTables) {
			return CheckResult
				.ok(bean(PriceLoader.class).check(store().account(), bean(ReportProperties.class).zone()));
		}
		PriceLoader.requireValidFile(Binder.get(this.context.getEnvironment()));
		return CheckResult.ok("no fault in the file");
	}

	private @Nullable CheckResult idsQuery() {
		return bean(IdQuery.class).check().map((url) -> CheckResult.ok(url + " accepts the login")).orElse(null);
	}

	private CheckResult reports() {
		Path directory = bean(ReportProperties.class).directory();
		try {
			requireWritable(existing(directory));
		}
		catch (IOException ex) {
			return CheckResult.failed(ExitStatus.OUTPUT,
					"cannot write to %s; make it writable for this user, or name another directory with audit.report.directory"
						.formatted(directory.toAbsolutePath()));
		}
		if (this.hasTables) {
			bean(ReportWriter.class)
				.requireOwnDirectory(new RunId(jdbc().sql("select audit.next_run_id()").query(Long.class).single()));
		}
		return CheckResult.ok(directory.toAbsolutePath() + " is writable");
	}

	private CheckResult disk() {
		// Not by its file store: in a changed root, no mount point is found.
		long room = existing(bean(ReportProperties.class).directory()).toFile().getUsableSpace();
		String finding = "%,d MB free for reports".formatted(room >> 20);
		return (room < 1L << 30) ? CheckResult.warning(finding) : CheckResult.ok(finding);
	}

	/** What follows never fails a run, so it is a warning. */
	private @Nullable CheckResult metrics() {
		Binder settings = Binder.get(this.context.getEnvironment());
		MetricsProperties metrics = settings.bindOrCreate("audit.metrics", MetricsProperties.class);
		Path textfile = metrics.textfile();
		List<URI> servers = Stream
			.of(Optional.ofNullable(metrics.pushgateway().url()),
					Optional.ofNullable(settings.bind("management.otlp.metrics.export.url", URI.class).orElse(null)))
			.flatMap(Optional::stream)
			.toList();
		List<String> written = new ArrayList<>();
		Object destination = "";
		try {
			if (textfile != null) {
				destination = textfile.toAbsolutePath();
				requireWritable(textfile.toAbsolutePath().resolveSibling(""));
				written.add(destination + " is writable");
			}
			for (URI server : servers) {
				destination = MaskedUrl.of(server.toString());
				connect(server, metrics.pushgateway().timeout());
				written.add(destination + " is reachable");
			}
		}
		catch (IOException ex) {
			return CheckResult
				.warning("cannot publish metrics to %s: %s; check audit.metrics or management.otlp.metrics.export"
					.formatted(destination, FailureReason.of(ex)));
		}
		return written.isEmpty() ? null : CheckResult.ok(String.join(", ", written));
	}

	private @Nullable CheckResult webhook() {
		try {
			return notifier().checkWebhook().map((host) -> CheckResult.ok(host + " answers")).orElse(null);
		}
		catch (IOException ex) {
			return CheckResult.warning(FailureReason.of(ex) + "; check audit.notify.url and audit.api.proxy");
		}
	}

	private @Nullable CheckResult mail() {
		try {
			return notifier().checkMail().map((server) -> CheckResult.ok(server + " accepts mail")).orElse(null);
		}
		catch (IOException ex) {
			return CheckResult.warning(FailureReason.of(ex) + "; check spring.mail.host, port, username and password");
		}
	}

	private Notifier notifier() {
		return Notifier.of(this.context);
	}

	private static void connect(URI url, Duration timeout) throws IOException {
		int standard = "https".equals(url.getScheme()) ? 443 : 80;
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(url.getHost(), (url.getPort() >= 0) ? url.getPort() : standard),
					(int) Math.min(Integer.MAX_VALUE, timeout.toMillis()));
		}
	}

	private static void requireWritable(Path directory) throws IOException {
		Files.delete(Files.createTempFile(directory, ".job-audit-doctor", ""));
	}

	private static Path existing(Path directory) {
		@Nullable Path path = directory.toAbsolutePath();
		while (path != null && !Files.exists(path)) {
			path = path.getParent();
		}
		return (path != null) ? path : Path.of("/");
	}

	private <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	private StoreProperties store() {
		return bean(StoreProperties.class);
	}

	/**
	 * The data source alone: every other bean that uses the database would migrate it.
	 */
	private JdbcClient jdbc() {
		return JdbcClient.create(bean(DataSource.class));
	}

}
