package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.jobaudit.cli.AuditProcess.Running;

/** What strikes a run, and where. */
enum ChaosHit {

	START_UP("kill -9 at the start", 20) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			return night.goesOnFor(1500) && kill(night.running());
		}
	},

	IMPORT("kill -9 at the import", 20) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			night.running();
			try (RunBarrier gate = RunBarrier.atImport(night.postgres().database())) {
				return night.reaches(gate::isReached) && kill(night.running());
			}
		}
	},

	FETCH("kill -9 while fetching", 50) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			return night.reachesSomeCall() && kill(night.running());
		}
	},

	CLOSE("kill -9 at the close", 25) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			night.running();
			try (RunBarrier gate = RunBarrier.atReport(night.postgres().database())) {
				return night.reaches(gate::isReached) && kill(night.running());
			}
		}
	},

	REPORT("kill -9 while writing reports", 25) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			return night.reaches(() -> night.stage().equals("report")) && night.goesOnFor(1000)
					&& kill(night.running());
		}
	},

	EMBEDDED("kill -9, embedded database", 30) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			return goesOn(night) && kill(night.running());
		}
	},

	EMBEDDED_BOTH("kill -9 of program and embedded server", 30) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			boolean hit = goesOn(night) && kill(night.running());
			Path pidFile = night.home().resolve("data/postgres/postmaster.pid");
			if (hit && Files.exists(pidFile)) {
				List<String> pid = Files.readAllLines(pidFile);
				OwnPostgres.signal("KILL", pid.isEmpty() ? List.of() : List.of(Long.valueOf(pid.get(0).strip())));
			}
			return hit;
		}
	},

	BACKEND("kill -9 of a backend", 10) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			return night.reachesSomeCall() && OwnPostgres.signal("KILL", night.postgres().client().stream().toList());
		}
	},

	POSTMASTER("kill -9 of the postmaster", 10) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			boolean hit = night.reachesSomeCall();
			if (hit) {
				night.postgres().kill();
				night.goesOnFor(2000);
				night.postgres().start();
			}
			return hit;
		}
	},

	CLIENT("pg_terminate_backend of a client", 10) {
		@Override
		boolean strike(ChaosNight night) {
			return night.reachesSomeCall() && night.postgres().client().filter(night.postgres()::terminate).isPresent();
		}
	},

	LOCK_HOLDER("pg_terminate_backend of the lock's holder", 10) {
		@Override
		boolean strike(ChaosNight night) {
			return night.reachesSomeCall()
					&& night.postgres().lockHolder().filter(night.postgres()::terminate).isPresent();
		}
	},

	STOPPED_PROGRAM("SIGSTOP, SIGCONT of the program", 10) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			boolean hit = night.reachesSomeCall();
			if (hit) {
				pause(night, List.of(night.running().pid()));
			}
			return hit;
		}
	},

	STOPPED_POSTGRES("SIGSTOP, SIGCONT of PostgreSQL", 10) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			boolean hit = night.reachesSomeCall();
			if (hit) {
				pause(night, night.postgres().processes());
			}
			return hit;
		}
	},

	FULL_REPORTS("full disk of the reports", 4) {
		@Override
		boolean strike(ChaosNight night) throws Exception {
			return untilTheEnd(night, night.random().nextInt(100));
		}
	},

	FULL_TEMP("full disk of temporary files", 3) {
		@Override
		AuditProcess options(AuditProcess process) {
			return process.environment("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=temp");
		}

		@Override
		boolean strike(ChaosNight night) throws Exception {
			return untilTheEnd(night, 0);
		}
	},

	FULL_DATA("full disk of the embedded database", 3) {
		@Override
		AuditProcess options(AuditProcess process) {
			return process.setting("audit.store.outage-patience", "5s");
		}

		@Override
		boolean strike(ChaosNight night) throws Exception {
			return night.reachesSomeCall() && untilTheEnd(night, 0);
		}
	};

	private final String phrase;

	private final int hits;

	ChaosHit(String phrase, int hits) {
		this.phrase = phrase;
		this.hits = hits;
	}

	/**
	 * Strikes the current run when it is where it must be.
	 * @return false when the run has ended before
	 */
	abstract boolean strike(ChaosNight night) throws Exception;

	/** How its runs differ from others. */
	AuditProcess options(AuditProcess process) {
		return process;
	}

	/** Such hits of a campaign. */
	int hits() {
		return this.hits;
	}

	/** Hits of one run. */
	int hitsOfARun() {
		return isFullDisk() ? 1 : 5;
	}

	/**
	 * Outages that a run may see of one hit: a full disk answers questions in between.
	 */
	int outages() {
		return (this == FULL_DATA) ? 20 : 1;
	}

	boolean isEmbedded() {
		return this == EMBEDDED || this == EMBEDDED_BOTH || this == FULL_DATA;
	}

	boolean isFullDisk() {
		return this == FULL_REPORTS || this == FULL_TEMP || this == FULL_DATA;
	}

	/** The directory that is a small disk. */
	String disk() {
		return switch (this) {
			case FULL_REPORTS -> "reports";
			case FULL_TEMP -> "temp";
			default -> "data";
		};
	}

	@Override
	public String toString() {
		return this.phrase;
	}

	private static boolean kill(Running running) throws Exception {
		running.signal("KILL");
		return running.await().exitCode() == 128 + 9;
	}

	/** At any time of a start, or of the fetching. */
	private static boolean goesOn(ChaosNight night) throws InterruptedException {
		return night.random().nextBoolean() ? night.goesOnFor(6000) : night.reachesSomeCall();
	}

	private static void pause(ChaosNight night, List<Long> processes) throws Exception {
		OwnPostgres.signal("STOP", processes);
		night.running().process().waitFor(1000 + night.random().nextInt(2500), TimeUnit.MILLISECONDS);
		OwnPostgres.signal("CONT", processes);
	}

	/** Fills the disk but for so much room, and frees it when the process has ended. */
	boolean untilTheEnd(ChaosNight night, int kilobytes) throws Exception {
		SmallDisk full = new SmallDisk(night.home().resolve(disk()));
		night.running();
		full.fill(kilobytes);
		night.reaches(() -> false);
		full.free();
		return true;
	}

}
