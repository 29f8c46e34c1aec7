"""Every figure read of a foundry's draw, right or wrong, with what speaks for it: what the weights are measured on."""
