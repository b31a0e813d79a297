package dev.athanor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the servers for tests live, side by side. Whoever starts one first ends those whose process was killed before it
 * could do so itself: nobody else would come back to their folders.
 */
final class ThrowAwayServers {
    private static final Logger log = LoggerFactory.getLogger(ThrowAwayServers.class);

    /** Folders of this JVM; their locks are not to be touched, see {@link FileLocking}. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private ThrowAwayServers() {}

    static Path root() {
        return CacheDirectory.temporary().resolve("athanor-servers-" + System.getProperty("user.name", "user"));
    }

    /** Makes the folder and takes the lock that tells that it is in use. */
    static FileLocking claim(EmbeddedSettings settings) throws IOException {
        ServerDirectory directory = new ServerDirectory(settings.directory());
        OURS.add(directory.root());
        if (!root().equals(directory.root().getParent())) {
            directory.create();
            return FileLocking.shared(directory.inUse());
        }
        Folders.createPrivate(root());
        return FileLocking.exclusively(root().resolve("sweep.lock"), () -> {
            sweep(settings);
            directory.create();
            return FileLocking.shared(directory.inUse());
        });
    }

    /** Deletes the folder of a stopped server. */
    static void delete(ServerDirectory directory) {
        try {
            Folders.delete(directory.root());
            OURS.remove(directory.root());
        } catch (IOException e) {
            log.warn("the temporary folder {} cannot be deleted", directory.root(), e);
        }
    }

    private static void sweep(EmbeddedSettings settings) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(root())) {
            folders = all.filter(Files::isDirectory)
                    .filter(folder -> !OURS.contains(folder))
                    .toList();
        }
        for (Path folder : folders) {
            try {
                sweep(settings, new ServerDirectory(folder));
            } catch (NoSuchFileException e) {
                log.debug("{} was deleted by its owner meanwhile", folder, e);
            }
        }
    }

    private static void sweep(EmbeddedSettings settings, ServerDirectory abandoned) throws IOException {
        FileLocking unused = FileLocking.tryExclusive(abandoned.inUse());
        if (unused != null) {
            try (unused) {
                new ServerControl(settings, abandoned, Pause.real()).stop(StopMode.IMMEDIATE);
            }
            delete(abandoned);
        }
    }
}
