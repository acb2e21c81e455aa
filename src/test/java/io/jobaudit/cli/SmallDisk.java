package io.jobaudit.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file system of its own in memory, which only root can mount.
 *
 * @param directory where it is mounted
 */
record SmallDisk(Path directory) implements AutoCloseable {

	private static final String BALLAST = ".ballast";

	/** Whether it is mounted now. */
	boolean mount(String size) throws IOException {
		Files.createDirectories(this.directory);
		return command("mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=0777", "tmpfs", this.directory.toString());
	}

	/** Leaves so much room. */
	void fill(int kilobytes) throws IOException {
		Path ballast = this.directory.resolve(BALLAST);
		byte[] block = new byte[4096];
		try (OutputStream out = Files.newOutputStream(ballast)) {
			while (true) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			try (var channel = Files.newByteChannel(ballast, StandardOpenOption.WRITE)) {
				channel.truncate(Math.max(0, channel.size() - 1024L * kilobytes));
			}
		}
	}

	void free() throws IOException {
		Files.deleteIfExists(this.directory.resolve(BALLAST));
	}

	@Override
	public void close() throws IOException {
		command("umount", "--lazy", this.directory.toString());
	}

	private static boolean command(String... command) throws IOException {
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD)
			.start()
			.onExit()
			.join()
			.exitValue() == 0;
	}

}
