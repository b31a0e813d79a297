package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerAddressTest {
    @Test
    void readsAndWritesWhatLibpqDoes() {
        String url = "postgresql://me:p%40ss%2B+@host:5433/my%20db?sslmode=disable";
        ServerAddress address = ServerAddress.parse(url);
        assertThat(address).isEqualTo(new ServerAddress("host:5433", "me", "p@ss++", "my db", "sslmode=disable"));
        assertThat(ServerAddress.parse(address.url())).isEqualTo(address);
        assertThat(address.database("other").url()).endsWith("@host:5433/other?sslmode=disable");
    }

    @Test
    void fillsInWhatLibpqFillsIn() {
        assertThat(ServerAddress.parse("postgres://host").url()).isEqualTo("postgresql://postgres@host/postgres");
        assertThat(ServerAddress.parse("postgres://me@host/").database()).isEqualTo("me");
    }
}
