package io.jobaudit.cluster;

import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import io.jobaudit.batch.PartLauncher;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.Runs;
import io.jobaudit.ledger.SharedRuns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Workers of a test's database, which do tasks of the test's own. */
final class Clusters {

	private Clusters() {
	}

	static Cluster of(DataSource database, int parts) {
		JdbcClient jdbc = JdbcClient.create(database);
		TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database));
		Ledger ledger = new Ledger(database, new JdbcTemplate(database), jdbc);
		SharedRuns shared = new SharedRuns(jdbc);
		Nights nights = new Nights(jdbc, transactions);
		ScaleProperties scale = new ScaleProperties(100, parts, 8, Duration.ofMillis(500), 4, Duration.ofMillis(100),
				null);
		return new Cluster(database, jdbc, transactions, ledger,
				new PartLauncher(null, ledger, null, shared, transactions), shared, nights,
				new NightSummaries(nights, new Runs(jdbc, Clock.systemUTC())), null, scale);
	}

}
