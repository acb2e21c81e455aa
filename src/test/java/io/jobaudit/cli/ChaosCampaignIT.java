package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 200 kills, 40 hits on the database, 20 pauses and ten full disks: whatever strikes a
 * run, the same command makes it complete, and nothing is lost, double or deleted.
 */
@Tag("chaos")
class ChaosCampaignIT {

	private static final Logger LOG = LoggerFactory.getLogger(ChaosCampaignIT.class);

	/** A process that starts, or waits for a database, is idle for half of its time. */
	private static final int AT_A_TIME = Integer.getInteger("chaos.parallel", 3);

	private final long seed = Long.getLong("chaos.seed", System.nanoTime());

	/** Share of the hits to make, in percent. */
	private final int percent = Integer.getInteger("chaos.percent", 100);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	/** A row of the table; without figures when the hits are not possible here. */
	private record Row(ChaosHit hit, int hits, int runs, int resumes, ChaosCheck sum, String note) {

		static Row skipped(ChaosHit hit, String why) {
			return new Row(hit, 0, 0, 0, ChaosCheck.NOTHING, why);
		}

		@Override
		public String toString() {
			return !this.note.isEmpty() ? "%-42s skipped: %s".formatted(this.hit, this.note)
					: "%-42s %5d %5d %8d %9d %5d %7d %8d".formatted(this.hit, this.hits, this.runs, this.resumes,
							this.sum.repeated(), this.sum.lost(), this.sum.twice(), this.sum.deleted());
		}

	}

	@Test
	void whateverStrikesNothingIsLostDoubleOrDeleted() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
		List<Row> rows = new ArrayList<>();
		List<Throwable> failures = new ArrayList<>();
		try {
			List<Future<Row>> futures = Arrays.stream(ChaosHit.values())
				.filter((hit) -> hit.name().matches(System.getProperty("chaos.hits", ".*")))
				.map((hit) -> threads.submit(() -> campaign(hit)))
				.toList();
			for (Future<Row> future : futures) {
				try {
					rows.add(future.get());
				}
				catch (ExecutionException ex) {
					failures.add(ex.getCause());
				}
			}
		}
		finally {
			threads.shutdownNow();
		}
		LOG.info("seed {}, {} ids a run\n{}\n{}", this.seed, ChaosNight.JOBS + ChaosNight.UNKNOWN,
				"%-42s %5s %5s %8s %9s %5s %7s %8s".formatted("hit", "hits", "runs", "resumes", "repeated", "lost",
						"double", "deleted"),
				rows.stream().map(Row::toString).collect(Collectors.joining("\n")));
		assertThat(failures).as("seed %d", this.seed).isEmpty();
	}

	private Row campaign(ChaosHit hit) throws Exception {
		Path home = Files.createDirectory(this.directory.resolve(hit.name().toLowerCase(Locale.ROOT)));
		try (SmallDisk disk = new SmallDisk(home.resolve(hit.disk()))) {
			if (hit.isFullDisk() && !disk.mount(hit.isEmbedded() ? "700m" : "32m")) {
				return Row.skipped(hit, "this user cannot mount a file system; run it as root");
			}
			if (hit.isEmbedded()) {
				return campaign(hit, home, null);
			}
			try (OwnPostgres postgres = OwnPostgres.start(home)) {
				if (hit != ChaosHit.START_UP) {
					postgres.migrate();
				}
				return campaign(hit, home, postgres);
			}
		}
	}

	/**
	 * An embedded database is new for each run, so that its first start is struck too.
	 */
	private Row campaign(ChaosHit hit, Path home, @Nullable OwnPostgres postgres) throws Exception {
		Random random = new Random(this.seed + hit.ordinal());
		int wanted = Math.max(1, hit.hits() * this.percent / 100);
		Row row = new Row(hit, 0, 0, 0, ChaosCheck.NOTHING, "");
		while (row.hits() < wanted) {
			assertThat(row.runs()).as("runs for %s", row).isLessThan(wanted + 3);
			boolean isNew = hit.isEmbedded() && !hit.isFullDisk();
			Path own = isNew ? Files.createDirectory(home.resolve("home-" + row.runs())) : home;
			try (ChaosNight night = new ChaosNight(own, postgres, (process) -> hit.options(process), random,
					isNew ? 0 : row.runs())) {
				night.begin();
				int hits = 0;
				for (int left = Math.min(hit.hitsOfARun(), wanted - row.hits()); left > 0; left--) {
					hits += hit.strike(night) ? 1 : 0;
				}
				night.complete();
				ChaosCheck check = night.check();
				assertThat(check.repeated()).as("%s, seed %d", hit, this.seed)
					.isBetween(0L, (long) hits * hit.outages() * ChaosNight.MOST_REPEATED);
				assertThat(check.lost() + check.twice() + check.deleted()).as("%s: %s, seed %d", hit, check, this.seed)
					.isZero();
				row = new Row(hit, row.hits() + hits, row.runs() + 1, row.resumes() + night.resumes(),
						check.plus(row.sum()), "");
			}
		}
		LOG.info("{}", row);
		return row;
	}

}
